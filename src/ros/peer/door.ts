import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { basename, join } from "node:path";
import { CellistError } from "../../errors.ts";
import type { EmbeddedGraph } from "../graph/embedded-graph.ts";
import { GraphPeers } from "./graph-peers.ts";
import { socketLink } from "./peer-link.ts";

/** A graph that runs on this machine and can be joined. */
export interface Door {
  /** "4711-performance": process number and what was launched. */
  readonly name: string;
  readonly path: string;
}

/**
 * The folder where running graphs have their doors: sockets that only this user can open. Who comes through one may do
 * anything on that graph, and start an arm; so it is no network port.
 *
 * @throws CellistError `graph-unreachable` when it belongs to somebody else
 */
function doorFolder(): string {
  const base = process.env["CELLIST_RUN_DIR"] ?? process.env["XDG_RUNTIME_DIR"] ?? tmpdir();
  const { uid } = userInfo();
  const folder = join(base, `robot-cellist-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid: owner } = statSync(folder);
  if (owner !== uid && uid >= 0)
    throw new CellistError(
      "graph-unreachable",
      `${folder} belongs to another user; set CELLIST_RUN_DIR to a folder of your own`,
    );
  chmodSync(folder, 0o700);
  return folder;
}

/** Opens a graph to other processes of this user. */
export async function openDoor(
  peers: GraphPeers,
  label: string,
): Promise<{ readonly door: Door; readonly close: () => Promise<void> }> {
  const name = `${process.pid}-${label.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 40)}`;
  const door = { name, path: join(doorFolder(), `${name}.sock`) };
  rmSync(door.path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    peers.add(socketLink(socket));
  });
  await listen(server, door.path);
  server.unref();
  return {
    door,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(door.path, { force: true });
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: Error) => {
      reject(
        new CellistError("graph-unreachable", `cannot open a door at ${path}: ${cause.message}`, {}, cause),
      );
    });
    server.listen(path, resolve);
  });
}

/** Graphs that run now; doors whose process is gone are cleared away. */
export async function openDoors(): Promise<readonly Door[]> {
  const folder = doorFolder();
  const doors: Door[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".sock"))) {
    const door = { name: file.slice(0, -5), path: join(folder, file) };
    try {
      (await reach(door.path)).destroy();
      doors.push(door);
    } catch {
      if (!isAlive(Number.parseInt(door.name, 10))) rmSync(door.path, { force: true });
    }
  }
  return doors;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

function reach(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Longest wait for who is behind a door to say what is there [s]. @assumed a process that plans a long piece hears nothing meanwhile */
const TELL_S = 30;

/**
 * Joins a running graph as one of its parts.
 *
 * @param path of its door
 * @param patienceS longest wait for the other side [s]
 * @returns once the other side has told what is there
 * @throws CellistError `graph-unreachable`
 */
export async function joinGraph(
  graph: EmbeddedGraph,
  path: string,
  patienceS = TELL_S,
): Promise<{ readonly peers: GraphPeers; readonly gone: Promise<void> }> {
  const socket = await reach(path).catch((cause: Error) => {
    throw new CellistError("graph-unreachable", `no graph answers at ${path}: ${cause.message}`, {}, cause);
  });
  const peers = new GraphPeers(graph);
  let leave!: () => void;
  const gone = new Promise<void>((resolve) => (leave = resolve));
  const told = new Promise<void>((resolve) => peers.onChange(resolve));
  peers.add(socketLink(socket), leave);
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<"silent">((resolve) => {
    timer = setTimeout(() => resolve("silent"), patienceS * 1000);
  });
  const heard = await Promise.race([told, gone, silence]);
  clearTimeout(timer);
  if (heard !== "silent") return { peers, gone };
  socket.destroy();
  throw new CellistError(
    "graph-unreachable",
    `the graph at ${path} has said nothing for ${patienceS} s: process ${basename(path).split("-")[0]} hangs or is stopped; end it`,
  );
}
