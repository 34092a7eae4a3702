import { createServer, type Server, type Socket } from "node:net";
import { CellistError } from "../../errors.ts";
import { faultHelp, type FaultWorld, inject, readFault } from "./fault-commands.ts";

/** Longest line a client may send [characters]. */
const LONGEST_LINE = 1000;

/** The way in for whoever plays fate: one command a line, one answer a line (`help` has several). */
export interface ControlDoor {
  obey(line: string): string;
}

/** Answers `ok`, or `refused: ` with a sentence. */
export const controlDoor = (world: FaultWorld): ControlDoor => ({
  obey: (line) => {
    if (line.trim() === "help") return faultHelp().join("\n");
    const fault = readFault(line);
    const why = fault.ok ? inject(world, fault.value) : fault.why;
    return why === undefined ? "ok" : `refused: ${why}`;
  },
});

/** A listening door. */
export interface OpenDoor {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Lets clients in by a TCP port of its own, which no real robot has.
 *
 * @param port 0 = any free one
 * @throws CellistError port-taken
 */
export async function openControlDoor(door: ControlDoor, host: string, port: number): Promise<OpenDoor> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let rest = "";
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!.slice(0, LONGEST_LINE);
      for (const line of lines) socket.write(`${door.obey(line.slice(0, LONGEST_LINE))}\n`);
    });
  });
  await listen(server, host, port);
  return {
    port: (server.address() as { port: number }).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const text = `control port ${port} of ${host} cannot be opened (${cause.code ?? cause.message})`;
      reject(new CellistError("port-taken", text, { host, port }, cause));
    });
    server.listen(port, host, () => resolve());
  });
