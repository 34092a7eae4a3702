import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { readLaunch } from "../../src/launch/launch-file.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { loadLaunchText } from "../../src/shelf/load-launch.ts";
import { shortMidi } from "../performance/short-piece.ts";

// A simulated controller started by itself stands for a real arm: the launch knows its address and nothing else.

const folder = mkdtempSync(join(tmpdir(), "cellist-robot-"));
const piece = join(folder, "short.mid");
writeFileSync(piece, shortMidi(3));
let controller: ChildProcess;
let port_offset = 0;

beforeAll(async () => {
  for (let tries = 0; ; tries++) {
    port_offset = 2000 + Math.floor(Math.random() * 30_000);
    const words = ["sim", "--json", "--powered-on", "--with-parent", "--port-offset", String(port_offset)];
    controller = spawn(process.execPath, ["src/cli/cellist.js", ...words], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const first = once(createInterface({ input: controller.stdout! }), "line");
    if (await Promise.race([first.then(() => true), once(controller, "exit").then(() => false)])) return;
    if (tries > 5) throw new Error("the controller did not start");
  }
}, 120_000);
afterAll(() => {
  controller.kill();
  rmSync(folder, { recursive: true });
});

async function launched(out: string, confirm: string): Promise<RunningLaunch> {
  const given = { robot: "127.0.0.1", port_offset, confirm, calibration: "reference", piece, out };
  return RunningLaunch.start(readLaunch(loadLaunchText("robot"), "robot", given, loadLaunchText));
}

it("moves nothing until the person beside the arm has confirmed its address", async () => {
  const out = join(folder, "unconfirmed");
  for (const confirm of ["", "192.0.2.7"]) {
    const running = await launched(out, confirm);
    await expect(running.ended).rejects.toThrow("127.0.0.1 was not confirmed; nothing has moved");
    await running.stop();
    expect(existsSync(out)).toBe(false);
  }
});

it("plays on the controller at that address once it is confirmed: bag, sound and report", async () => {
  const out = join(folder, "confirmed");
  const running = await launched(out, "127.0.0.1");
  expect(running.graph.localSnapshot().nodes.map(({ name }) => name)).not.toContain("/robot_sim");
  await running.ended;
  await running.stop();
  const { plan, pathTimeS, trajectory } = await readPerformance(join(out, "performance.mcap"));
  expect(plan.notes).toHaveLength(3);
  expect(pathTimeS.at(-1)!).toBeCloseTo(trajectory.timeS.at(-1)!, 1);
  for (const file of ["performance.wav", "report.html", "report.json", "sound.html"])
    expect(existsSync(join(out, file)), file).toBe(true);
}, 180_000);
