import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { robotAt, type RobotStreams } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import type { ControllerPorts } from "../sim/servers/tcp-front.ts";

/** A simulated controller in a process of its own, as a real one would be, reached through its sockets. */
export interface EmbeddedRobot {
  readonly streams: RobotStreams;
  readonly ports: ControllerPorts;
  /** Ends the process. Safe to call twice. */
  close(): Promise<void>;
}

const CELLIST = fileURLToPath(new URL("../cli/cellist.js", import.meta.url));
/** On a machine whose cores are taken by others, reading the program alone has taken half a minute. */
const START_TIMEOUT_MS = 120_000;

/**
 * Starts `cellist sim` on free ports of this machine, switched on.
 *
 * @param args further arguments: calibration, seed
 * @throws CellistError `robot-unreachable` when it does not come up
 */
export async function startEmbeddedRobot(args: readonly string[]): Promise<EmbeddedRobot> {
  const child = spawn(
    process.execPath,
    // Garbage is collected by the thread that has real-time priority: helpers of ordinary priority would keep it waiting.
    [
      "--single-threaded-gc",
      CELLIST,
      "sim",
      "--json",
      "--any-port",
      "--powered-on",
      "--with-parent",
      ...args,
    ],
    {
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  const ports = await portsOf(child);
  let closed = false;
  return {
    ports,
    streams: { ...robotAt("127.0.0.1", ports), name: "the simulator" },
    async close() {
      if (closed || child.exitCode !== null) return;
      closed = true;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** The ports that the simulator prints as its first line. */
async function portsOf(child: ChildProcess): Promise<ControllerPorts> {
  const said: string[] = [];
  child.stderr!.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout! });
  const timer = setTimeout(() => child.kill(), START_TIMEOUT_MS);
  try {
    const first = await Promise.race([
      once(lines, "line").then(([line]) => line as string),
      once(child, "exit").then(() => undefined),
    ]);
    if (first === undefined) {
      const why = said.join("").trim().split("\n").at(-1) ?? "";
      throw new CellistError(
        "robot-unreachable",
        `the embedded simulator did not start: ${why || "no message"}`,
      );
    }
    return (JSON.parse(first) as { ports: ControllerPorts }).ports;
  } finally {
    clearTimeout(timer);
  }
}
