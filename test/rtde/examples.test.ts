import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import { UR_PORTS } from "../../src/sim/servers/tcp-front.ts";
import { type SimulatedRobot, startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { celloInFront } from "../sim/plant/cello-in-front.ts";
import { START_RAD } from "./arm-in-step.ts";

const EXAMPLES = fileURLToPath(new URL("../../src/ur-rtde-ts/examples/", import.meta.url));
/** The examples speak to a controller's own ports: Linux has a million addresses of this machine's own for that. */
const HOST = `127.${20 + (process.pid % 200)}.${1 + (process.pid % 250)}.9`;
const hasAddress = platform() === "linux" && networkInterfaces()["lo"] !== undefined;

let robot: SimulatedRobot;
beforeAll(async () => {
  if (!hasAddress) return;
  robot = await startSimulatedRobot({
    ...{ instrument: celloInFront(), host: HOST, ports: UR_PORTS, realTime: true, seed: 1 },
    startQ_rad: START_RAD,
  });
});
afterAll(() => robot?.close());

const tried = new Set<string>();

/** Runs an example as it stands. @returns the lines it prints */
async function linesOf(name: string, ...args: string[]): Promise<string[]> {
  tried.add(`${name}.ts`);
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...said) => void lines.push(said.join(" ")));
  const { argv } = process;
  process.argv = [argv[0]!, name, HOST, ...args];
  try {
    await import(pathToFileURL(join(EXAMPLES, `${name}.ts`)).href);
  } finally {
    process.argv = argv;
    log.mockRestore();
  }
  return lines;
}

/** They share one robot, in this order; where there is no address for it they are skipped, and say so. */
const onLinux = it.skipIf(!hasAddress);

onLinux("sets inputs, and tells who has them", async () => {
  expect(await linesOf("set-inputs")).toEqual(["IN_USE speed_slider_fraction"]);
});

onLinux("powers a robot up", async () => {
  expect(await linesOf("power-up")).toEqual([
    "now: power-on",
    "now: release-brakes",
    "it is ready",
    "UR5, PolyScope 5.25: RUNNING",
  ]);
});

onLinux("watches its joints", async () => {
  const lines = await linesOf("watch-joints");
  expect(lines[0]).toBe("controller 5.25, RTDE version 2");
  expect(lines[1]).toMatch(/^\d+\.\d\d[02468] 0\.2000 -1\.4000 1\.5000 -1\.6000 -1\.5000 0\.3000$/);
  expect(lines).toHaveLength(7);
});

onLinux("reads it at two rates", async () => {
  const lines = await linesOf("two-rates", "1");
  expect(lines[0]).toBe("slow recipe: up");
  expect(lines[1]).toMatch(/^\d+ packages, 0 missed, \d+ late, 1 connection$/);
  expect(lines[2]).toBe("fastest joint 0.000 rad/s, mode RUNNING");
});

onLinux("runs a script, and shows the lines that are wrong", async () => {
  expect(await linesOf("run-script")).toEqual([
    "the robot says: hello",
    "compile, line 2:   hallo(1)",
    "run, line 3:   y = x[5]",
  ]);
});

onLinux("moves it there and back", async () => {
  expect(await linesOf("move")).toEqual(["at rest, ready"]);
  robot.controller.plant.q_rad.forEach((q_rad, joint) => expect(q_rad).toBeCloseTo(START_RAD[joint]!, 3));
});

onLinux("streams a path, pauses on it and plays it to its end", async () => {
  expect(await linesOf("stream-path")).toEqual([
    "from full rate to rest: 0.55 s, 0.125 s of path",
    "paused at rate 0",
    "finished at 4 s, no knot late: true",
  ]);
});

onLinux("reads its calibration, and compares it with that of a program", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ur-rtde-ts-"));
  const file = join(folder, "song.urp");
  const { a_m, d_m, alpha_rad, thetaOffset_rad } = NOMINAL_UR5E;
  writeFileSync(
    file,
    gzipSync(
      `<URProgram><kinematics status="LINEARIZED"><deltaTheta value="${String(thetaOffset_rad)}"/><a value="${String(a_m)}"/>` +
        `<d value="${String(d_m)}"/><alpha value="${String(alpha_rad)}"/><jointChecksum value="0, 0, 0, 0, 0, 0"/></kinematics></URProgram>`,
    ),
  );
  const lines = await linesOf("read-calibration", file);
  rmSync(folder, { recursive: true });
  expect(lines[0]).toBe("a 0.00 -425.00 -392.20 0.00 0.00 0.00 mm");
  expect(lines[1]).toBe("d 162.50 0.00 0.00 133.30 99.70 99.60 mm");
  expect(lines[2]).toBe("the program was taught on this arm");
});

onLinux("leaves no example untried", () => {
  expect([...tried].sort()).toEqual(readdirSync(EXAMPLES).sort());
});
