import { expect, it } from "vitest";
import { baseTurnedOn } from "../../src/instrument/base-turns.ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { RtdeRobotLink } from "../../src/rtde/rtde-robot-link.ts";
import { startSimulatedRobot, type SimulatedRobot } from "../../src/sim/simulated-robot.ts";
import type { RobotState } from "../../src/stream/robot-link.ts";
import { knotAt, streamTrajectory } from "../../src/stream/stream-trajectory.ts";
import { instrument, profile, shortPiece } from "../performance/short-piece.ts";

const { trajectory } = shortPiece();
const first_rad = knotAt(trajectory, 0).q_rad;

async function atTheArm(startQ_rad = first_rad, baseTurns_rad = 0) {
  const robot = await startSimulatedRobot({
    instrument,
    realTime: false,
    seed: 1,
    startQ_rad,
    poweredOn: true,
  });
  const link = new RtdeRobotLink(memoryStreams(robot), {
    instrument,
    player: profile.stream,
    first_rad,
    baseTurns_rad,
    session: 5,
  });
  const states: RobotState[] = [];
  link.onState((state) => states.push(state));
  return { robot, link, states };
}

/** Lets `seconds` of robot time pass, the event loop included. */
async function pass(robot: SimulatedRobot, seconds: number): Promise<void> {
  for (let cycle = 0; cycle < seconds / 0.002; cycle++) {
    robot.stepCycle();
    if (cycle % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Largest distance of the commanded joints from the planned spline, whatever the time [rad]. */
function offPath(states: readonly RobotState[]): number {
  return Math.max(
    ...states
      .filter((s) => s.player.phase !== "absent" && s.player.pathTimeS > 0.1)
      .map((s) => {
        const k = trajectory.timeS.findIndex((t) => t > s.player.pathTimeS - 0.034) - 1;
        const near = [k, k + 1].map((i) => knotAt(trajectory, Math.max(0, i)).q_rad);
        return Math.min(...near.map((q) => Math.max(...q.map((v, j) => Math.abs(v - s.q_rad[j]!)))));
      }),
  );
}

it("pauses at rest on the path, goes on, and still finishes", async () => {
  const { robot, link, states } = await atTheArm();
  const connected = link.connect();
  await pass(robot, 0.2);
  await connected;
  const streamed = streamTrajectory(link, trajectory);
  await pass(robot, 2.5);
  link.command("pause");
  await pass(robot, 0.5);
  const paused = states.at(-1)!;
  expect(paused.player.phase).toBe("paused");
  expect(Math.max(...paused.qd_radps.map(Math.abs))).toBeLessThan(0.002);
  await pass(robot, 0.5);
  expect(states.at(-1)!.player.pathTimeS).toBe(paused.player.pathTimeS);
  link.command("resume");
  await pass(robot, trajectory.timeS.at(-1)! + 1);
  expect((await streamed).knots).toBe(trajectory.timeS.length);
  expect(offPath(states)).toBeLessThan(0.03); // knots are 20 ms apart: half of that at 2 rad/s
  await link.close();
  await robot.close();
});

it("plays the same path with the base a whole turn on, and tells the joints as the path has them", async () => {
  const turn_rad = 2 * Math.PI;
  const turned = baseTurnedOn(first_rad, turn_rad);
  const { robot, link, states } = await atTheArm(turned, turn_rad);
  const connected = link.connect();
  await pass(robot, 0.2);
  await connected;
  const streamed = streamTrajectory(link, trajectory);
  let [least, most] = [Infinity, -Infinity];
  for (let second = 0; second < trajectory.timeS.at(-1)! + 1; second += 0.5) {
    await pass(robot, 0.5);
    const base = robot.controller.plant.q_rad[0]!;
    [least, most] = [Math.min(least, base), Math.max(most, base)];
  }
  expect((await streamed).knots).toBe(trajectory.timeS.length);
  expect(offPath(states)).toBeLessThan(0.03);
  expect(Math.max(...states.map(({ q_rad }) => q_rad[0]))).toBeLessThan(first_rad[0] + 3);
  expect(least).toBeGreaterThan(first_rad[0] + turn_rad - 3); // where the arm itself is
  expect(most).toBeGreaterThanOrEqual(turned[0] - 0.01);
  await link.close();
  await robot.close();
});

it("stops on the path within the stated time", async () => {
  const { robot, link, states } = await atTheArm();
  const connected = link.connect();
  await pass(robot, 0.2);
  await connected;
  const streamed = streamTrajectory(link, trajectory).catch((error: Error) => error.message);
  await pass(robot, 2.5);
  const before = states.at(-1)!;
  link.command("stop");
  await pass(robot, 1);
  expect(await streamed).toMatch(/stopped on the path at \d+\.\d+ s/);
  const rest = states.find((s) => s.robotTimeS > before.robotTimeS && s.player.rate === 0)!;
  expect(rest.robotTimeS - before.robotTimeS).toBeLessThan(profile.stream.stopS + 0.02);
  expect(Math.max(...states.at(-1)!.qd_radps.map(Math.abs))).toBeLessThan(0.002);
  await link.close();
  await robot.close();
});

it("comes to rest on its path when the host falls silent, and does not go on", async () => {
  const { robot, link, states } = await atTheArm();
  const connected = link.connect();
  await pass(robot, 0.2);
  await connected;
  // A host that dies after 100 knots (2 s of path).
  let sent = 0;
  link.onState(() => {
    while (sent < 100 && link.sendKnot(knotAt(trajectory, sent))) sent++;
  });
  link.command("start");
  await pass(robot, 6);
  const last = states.at(-1)!;
  expect(last.player.phase).toBe("starved");
  expect(last.player.pathTimeS).toBeLessThan(knotAt(trajectory, 99).timeS);
  expect(last.player.pathTimeS).toBeGreaterThan(knotAt(trajectory, 99).timeS - 0.3);
  expect(Math.max(...last.qd_radps.map(Math.abs))).toBeLessThan(0.002);
  sent = 0; // a host that wakes again must not move it
  await pass(robot, 0.5);
  expect(states.at(-1)!.player.pathTimeS).toBe(last.player.pathTimeS);
  await link.close();
  await robot.close();
});

it("refuses to start away from where the path begins", async () => {
  const away = first_rad.map((q, j) => (j === 0 ? q + 0.05 : q)) as unknown as typeof first_rad;
  const { robot, link } = await atTheArm(away);
  const connected = link.connect();
  await pass(robot, 0.2);
  await connected;
  const streamed = streamTrajectory(link, trajectory).catch((error: Error) => error.message);
  await pass(robot, 0.5);
  expect(await streamed).toMatch(/not where the performance begins/);
  await link.close();
  await robot.close();
});
