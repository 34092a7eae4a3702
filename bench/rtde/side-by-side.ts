/**
 * Packages decoded a second, and CPU at 500 Hz: ur-rtde-ts, SDU's ur_rtde and Universal Robots' own client in Python, each
 * in a process of its own, one after the other against the same server, in one run.
 *
 *     npx tsx bench/rtde/side-by-side.ts [seconds for each]
 *
 * Packages are those that a client took off its socket. ur-rtde-ts and UR's client decode every one (the latter returns the
 * newest of those at hand); ur_rtde reads on to the newest of those at hand and decodes that.
 *
 * Makes a virtual environment for the Python ones (`CELLIST_INTEROP_VENV=DIR` keeps it there); skips with a line what
 * cannot be had. Linux only: CPU is read from /proc, and the server needs an address of its own.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { installed, makeEnvironment } from "../../test/interop/python-environment.ts";
import { type Pace, startFlood } from "./flood.ts";

const seconds = Number(process.argv[2] ?? 10);
const HERE = fileURLToPath(new URL(".", import.meta.url));
/** What a controller's state is mostly asked for: 17 fields, 570 bytes; `timestamp` first. */
const FIELDS = [
  ...["timestamp", "target_q", "target_qd", "actual_q", "actual_qd", "actual_current", "actual_TCP_pose"],
  ...[
    "actual_TCP_speed",
    "actual_TCP_force",
    "joint_temperatures",
    "joint_mode",
    "robot_mode",
    "safety_mode",
  ],
  ...["runtime_state", "speed_scaling", "actual_digital_input_bits", "actual_tool_accelerometer"],
].join(",");
/** Ticks a second in which /proc tells of CPU. @source Linux, USER_HZ */
const TICKS_PER_S = 100;

interface Reader {
  readonly name: string;
  readonly packages: readonly string[];
  command(python: string | undefined, host: string): readonly [string, ...string[]] | undefined;
}

const READERS: readonly Reader[] = [
  {
    name: "ur-rtde-ts (Node)",
    packages: [],
    command: (_, host) => [process.execPath, "--import", "tsx", join(HERE, "reader.ts"), host, FIELDS],
  },
  {
    name: "ur_rtde 1.6.5 (C++, through Python)",
    packages: ["ur_rtde==1.6.5"],
    command: (python, host) =>
      python === undefined ? undefined : [python, join(HERE, "reader.py"), "ur_rtde", host, FIELDS],
  },
  {
    name: "Universal Robots' client (Python, as urpy 1.2.0 carries it)",
    packages: ["urpy==1.2.0"],
    command: (python, host) =>
      python === undefined ? undefined : [python, join(HERE, "reader.py"), "official", host, FIELDS],
  },
];

const work = mkdtempSync(join(tmpdir(), "ur-rtde-ts-side-"));
try {
  const python = makeEnvironment(process.env["CELLIST_INTEROP_VENV"] ?? join(work, "venv"));
  if (python === undefined) console.log("python3 with the venv module is not here: its clients are skipped");
  for (const reader of READERS) {
    if (reader.packages.length > 0 && python !== undefined) {
      const why = installed(python, reader.packages);
      if (why !== undefined) {
        console.log(`${reader.name}: skipped, cannot be installed here: ${why}`);
        continue;
      }
    }
    for (const pace of ["flood", "500 Hz"] as const) await measure(reader, python, pace);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function measure(reader: Reader, python: string | undefined, pace: Pace): Promise<void> {
  const host = `127.${60 + (process.pid % 100)}.${1 + (process.pid % 250)}.${pace === "flood" ? 3 : 5}`;
  const command = reader.command(python, host);
  if (command === undefined) return;
  const flood = await startFlood(host, pace);
  const child = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      once(child, "exit").then(() =>
        Promise.reject(new Error(`${reader.name} ended before it read anything`)),
      ),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 2000)); // compilers do their work first
    const [cpuS, taken, beganMs] = [cpuSecondsOf(child.pid!), flood.taken, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    const wallS = (performance.now() - beganMs) / 1000;
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${reader.name} ended too early`);
    const [usedS, packages] = [cpuSecondsOf(child.pid!) - cpuS, flood.taken - taken];
    const perCpu = usedS > 0 ? ` (${(packages / usedS).toFixed(0)} per second of CPU)` : "";
    console.log(
      `${reader.name}, ${pace}: ${(packages / wallS).toFixed(0)} packages/s${perCpu}, ` +
        `${((100 * usedS) / wallS).toFixed(1)} % of a core`,
    );
  } finally {
    child.kill("SIGKILL");
    flood.close();
  }
}

/** User and system time of a process, all its threads [s]. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}
