import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { readLaunch } from "../../src/launch/launch-file.ts";
import type { TaughtPose } from "../../src/instrument/calibration.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { loadLaunchText } from "../../src/shelf/load-launch.ts";
import { urAddress } from "../../src/performance/arm-of-driver.ts";
import { readJoints } from "../../src/rtde/preflight.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { shortMidi } from "../performance/short-piece.ts";

// A simulated controller started by itself stands for a real arm: the launch knows its address and nothing else.

const folder = mkdtempSync(join(tmpdir(), "cellist-robot-"));
const piece = join(folder, "short.mid");
writeFileSync(piece, shortMidi(3));
let controller: ChildProcess;
let port_offset = 0;

beforeAll(async () => {
  for (let tries = 0; ; tries++) {
    port_offset = 2000 + Math.floor(Math.random() * 28_000); // at most 30 000, as the nodes allow
    const words = ["sim", "--json", "--powered-on", "--with-parent", "--port-offset", String(port_offset)];
    words.push("--control-port", String(port_offset + 100));
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

/** What somebody beside the simulated arm does to it, by the controller's door for that. */
async function atTheArm(command: string): Promise<void> {
  const door = connect(port_offset + 100, "127.0.0.1");
  door.write(`${command}\n`);
  expect(String((await once(door, "data"))[0])).toBe("ok\n");
  door.destroy();
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

it("calibration: lets go of a confirmed arm, takes the places a hand shows, fits, and keeps the last revision", async () => {
  const out = join(folder, "my-cell.yaml");
  copyFileSync("data/calibration/reference.yaml", out);
  const before = await loadInstrument(out);
  const given = { out, robot: "127.0.0.1", port_offset };
  const robot = urAddress({ robot: given.robot, portOffset: port_offset });
  const log: string[] = [];
  const logSink = (_node: string, level: string, text: string): void => void log.push(`${level} ${text}`);
  const running = await RunningLaunch.start(
    readLaunch(loadLaunchText("calibration"), "calibration", given, loadLaunchText),
    { logSink },
  );
  const operator = new GraphNode(running.graph, { name: "operator" });
  const drawn: string[][] = [];
  operator.subscribe("markers_static", ({ markers }) =>
    drawn.push(
      markers.map(({ action, text, id }) => (action === 2 ? `-${id}` : text)).filter((text) => text !== ""),
    ),
  );
  const trigger = (name: string) => operator.call(`/calibration/${name}`, "std_srvs/srv/Trigger", {});
  const free = (confirm: string) =>
    operator.call("/calibration/free", "cellist_msgs/srv/FreeArm", { confirm });
  const teach = (place: string) =>
    operator.call("/calibration/teach", "cellist_msgs/srv/Teach", { place, from_bridge_m: 0, hair_m: 0 });
  const saying = (success: boolean, text: string) => ({
    success,
    message: expect.stringContaining(text) as string,
  });
  /** A hand takes the bow to a pose that is known, and holds it there. */
  const guide = async ({ p, q }: TaughtPose): Promise<void> => {
    await atTheArm(`guide ${p.join(" ")}`);
    const offBy = async () =>
      Math.max(...(await readJoints(robot, 1))[0]!.map((angle, j) => Math.abs(angle - q[j]!)));
    await expect.poll(offBy, { timeout: 60_000, interval: 300 }).toBeLessThan(0.003);
  };

  expect(await trigger("save")).toEqual(saying(false, "nothing was taught yet"));
  expect(await free("")).toEqual(saying(false, 'confirm with "{confirm: 127.0.0.1}"'));
  expect(await free("192.0.2.7")).toEqual(saying(false, "is not the robot's address"));
  expect(await trigger("hold")).toEqual(saying(true, "was not free"));
  expect(await free("127.0.0.1")).toEqual(saying(true, "the arm is free"));

  const { A } = before.calibration.taught;
  await guide(A.tip);
  expect(await teach("A frog")).toEqual(saying(true, "A frog: tool at"));
  expect(await teach("A tip")).toEqual(saying(false, "from the frog of the A string (at least 150 mm)"));
  expect(await trigger("drop")).toEqual(
    saying(true, "A frog is forgotten; still to come: A frog, A tip, D frog"),
  );
  expect(await teach("E tip")).toEqual(saying(false, "is no place"));
  expect(await teach("A tip")).toEqual(saying(true, "still to come: A frog, D frog"));
  await guide(A.frog);
  expect(await teach("A frog")).toEqual(saying(true, "still to come: D frog"));
  expect(drawn.at(-1)).toEqual(["A tip", "A frog"]);
  expect(drawn).toContainEqual(["-0", "-1"]); // what was dropped is taken away

  const fit = await operator.call("/calibration/fit", "cellist_msgs/srv/FitCalibration", {});
  expect(fit).toMatchObject(saying(true, 'not taught, kept from "reference": D frog'));
  expect(fit.strings.map(({ name }) => name)).toEqual(["C", "G", "D", "A"]);
  for (const { pressed_frog_m, pressed_tip_m, angle_frog_rad } of fit.strings) {
    for (const pressedM of [pressed_frog_m, pressed_tip_m])
      expect(Math.abs(pressedM - 0.0005)).toBeLessThan(0.0005);
    expect(Math.abs(angle_frog_rad - Math.PI / 2)).toBeLessThan(0.01);
  }
  expect(fit.most_changed_m).toBeLessThan(0.001);
  expect(existsSync(join(folder, "my-cell.r1.yaml"))).toBe(false);

  await atTheArm("protective-stop");
  await expect
    .poll(() => log, { timeout: 20_000 })
    .toContainEqual(expect.stringContaining("is no longer free"));
  expect(await free("127.0.0.1")).toEqual(saying(false, "First see why, and unlock the protective stop"));
  await atTheArm("push 0 60 0 0 0 0");
  await new Promise((resolve) => setTimeout(resolve, 5_500)); // it cannot be unlocked earlier
  await atTheArm("unlock");
  await expect
    .poll(() => free("127.0.0.1"))
    .toEqual(saying(false, "it feels 60.0 N at the bow (at most 10 N, or its force sensor would be zeroed"));
  await atTheArm("let-go");

  expect(await trigger("save")).toEqual(saying(true, `revision 2 written to ${out}`));
  await running.ended;
  await running.stop();
  const { calibration } = await loadInstrument(out);
  expect(calibration).toMatchObject({
    name: "reference",
    revision: 2,
    origin: "taught at the robot 127.0.0.1",
  });
  calibration.taught.A.frog.q.forEach((q, j) => expect(Math.abs(q - A.frog.q[j]!)).toBeLessThan(0.003));
  expect(calibration.taught.A.frog.q).not.toEqual(A.frog.q);
  expect(calibration.taught.D).toEqual(before.calibration.taught.D);
  expect((await loadInstrument(join(folder, "my-cell.r1.yaml"))).calibration).toEqual(before.calibration);
  expect(existsSync(join(folder, "my-cell.svg"))).toBe(true);
}, 180_000);
