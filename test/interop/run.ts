/**
 * `npm run interop`: clients that others wrote for real robots, unchanged, against `cellist sim` on the ports of a real
 * controller; and readers and writers of bags that others wrote, on bags of ours and theirs. Makes a virtual environment, installs them from PyPI, runs `*.py` of this folder, throws all away.
 *
 *     npm run interop                     everything
 *     npm run interop -- ur_rtde_receive  only scripts whose name begins so
 *     CELLIST_INTEROP_VENV=DIR            keep the environment there for the next time
 *     CELLIST_EXTERNAL_CONTROL=FILE       a copy of UR's external_control.urscript, for external_control.py
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { CLIENTS, type Client } from "./clients.ts";
import { installed, makeEnvironment } from "./python-environment.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const CELLIST = join(HERE, "../../src/cli/cellist.js");
/** An address of this machine that nobody else uses, so that real ports are free: one for every run. */
const HOST = `127.0.${10 + (process.pid % 200)}.${1 + (process.pid % 250)}`;
const START_TIMEOUT_MS = 120_000;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const work = mkdtempSync(join(tmpdir(), "cellist-interop-"));

async function main(wanted: readonly string[]): Promise<void> {
  const clients = CLIENTS.filter(
    ({ script }) => wanted.length === 0 || wanted.some((name) => script.startsWith(name)),
  );
  const python = makeEnvironment(process.env["CELLIST_INTEROP_VENV"] ?? join(work, "venv"));
  if (python === undefined) {
    console.log("skipped: python3 with the venv module is needed for third-party clients, and is not here");
    return;
  }
  for (const client of clients) await runClient(client, python);
  const { passed, failed, skipped } = tally;
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function runClient(client: Client, python: string): Promise<void> {
  console.log(`\n${client.title}`);
  if (client.needs !== undefined && !existsSync(process.env[client.needs.variable] ?? "")) {
    console.log(`  skipped: ${client.needs.variable} does not name a copy of ${client.needs.file}`);
    tally.skipped += 1;
    return;
  }
  if (client.packages.length > 0) {
    const why = installed(python, client.packages);
    if (why !== undefined) {
      console.log(`  skipped: ${client.packages.join(" ")} cannot be installed here: ${why}`);
      tally.skipped += 1;
      return;
    }
  }
  if (client.robot === false) return runChecks(client, python);
  const robot = await startRobot();
  try {
    await runChecks(client, python);
  } finally {
    const gone = once(robot, "exit");
    robot.kill("SIGTERM");
    await gone;
  }
}

/** A fresh simulated robot with a program to play. */
async function startRobot(): Promise<ChildProcess> {
  const programs = join(work, "programs");
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, "wait.urp"), gzipSync("<URProgram><MainProgram/></URProgram>"));
  writeFileSync(join(programs, "wait.script"), "def wait():\n  while True:\n    sleep(0.1)\n  end\nend\n");
  const args = [
    "sim",
    "--json",
    "--powered-on",
    "--kinematics",
    "nominal",
    "--host",
    HOST,
    "--programs",
    programs,
  ];
  const child = spawn(process.execPath, [CELLIST, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const timer = setTimeout(() => child.kill(), START_TIMEOUT_MS);
  const ready = await Promise.race([
    once(createInterface({ input: child.stdout }), "line").then(() => true),
    once(child, "exit").then(() => false),
  ]);
  clearTimeout(timer);
  if (!ready) throw new Error("cellist sim did not start; its reason stands above");
  return child;
}

/** Prints what the script says of each check. */
async function runChecks({ script }: Client, python: string): Promise<void> {
  const { instrument } = await loadInstrument("reference");
  const env = {
    ...process.env,
    CELLIST_TCP: instrument.tcp_F.join(","),
    CELLIST_COMMAND: JSON.stringify([process.execPath, CELLIST]),
    CELLIST_TELL: JSON.stringify([process.execPath, "--import", "tsx", join(HERE, "tell-bags.ts")]),
    CELLIST_ROOT: join(HERE, "../.."),
    PYTHONWARNINGS: "ignore",
  };
  const child = spawn(python, [join(HERE, script), HOST], {
    cwd: work,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const noise: string[] = [];
  child.stderr.on("data", (text: Buffer) => noise.push(text.toString()));
  let done = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = parse(line);
    if (said === undefined) noise.push(`${line}\n`);
    else if (said.done !== undefined) done = true;
    else {
      tally[said.ok ? "passed" : "failed"] += 1;
      console.log(`  ${said.ok ? "ok    " : "FAILED"} ${said.check}${said.detail ? `: ${said.detail}` : ""}`);
    }
  });
  await once(child, "close");
  if (done) return;
  tally.failed += 1;
  console.log(`  FAILED ended before all checks were run; it last said:`);
  console.log(
    noise
      .join("")
      .trim()
      .split("\n")
      .slice(-8)
      .map((line) => `         ${line}`)
      .join("\n"),
  );
}

interface Said {
  readonly check?: string;
  readonly ok?: boolean;
  readonly detail?: string;
  readonly done?: number;
}

function parse(line: string): Said | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Said;
  } catch {
    return undefined;
  }
}

try {
  await main(process.argv.slice(2));
} finally {
  rmSync(work, { recursive: true, force: true });
}
