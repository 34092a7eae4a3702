import { expect, it } from "vitest";
import type { BowState } from "../../src/cellist_msgs/messages.ts";
import type { StringContacts } from "../../src/instrument/hair/string-contacts.ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { perform } from "../../src/performance/perform.ts";
import { RtdeRobotLink } from "../../src/rtde/rtde-robot-link.ts";
import { startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import type { RobotLink, RobotState } from "../../src/stream/robot-link.ts";
import { knotAt } from "../../src/stream/stream-trajectory.ts";
import { instrument, profile, shortPiece } from "./short-piece.ts";

/** The same link, to an arm that does not know where its hair is, as no real one does. `onTruth` hears what it hides. */
function blind(link: RobotLink, onTruth: (robotTimeS: number, truth: StringContacts) => void): RobotLink {
  return {
    periodS: link.periodS,
    connect: () => link.connect(),
    onState: (listener) =>
      link.onState(({ contact, ...known }: RobotState) => {
        onTruth(known.robotTimeS, contact!);
        listener(known);
      }),
    onClosed: (listener) => link.onClosed(listener),
    sendKnot: (knot) => link.sendKnot(knot),
    command: (command) => link.command(command),
    close: () => link.close(),
  };
}

it("tells from the joints where the hair is on the strings of an arm that cannot say so itself", async () => {
  const { trajectory, plan } = shortPiece(3);
  const first_rad = knotAt(trajectory, 0).q_rad;
  const parts = { instrument, realTime: false, seed: 1, startQ_rad: first_rad, poweredOn: true };
  const robot = await startSimulatedRobot(parts);
  const link = new RtdeRobotLink(memoryStreams(robot), {
    instrument,
    player: profile.stream,
    first_rad,
    session: 1,
  });
  const truths = new Map<number, StringContacts>();
  const told: BowState[] = [];
  const sink = {
    append: (topic: string, _timeNs: bigint, message: unknown) =>
      void (topic === "/bow_state" && told.push(message as BowState)),
  };
  const sees = blind(link, (robotTimeS, contact) => truths.set(robotTimeS, contact));
  let done = false;
  const played = perform(sees, { trajectory, plan }, sink, { epochNs: 0n, servoLagS: 0, instrument });
  const ended = played.finally(() => (done = true));
  while (!done) {
    for (let cycle = 0; cycle < 50; cycle++) robot.stepCycle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  await robot.close();

  expect(told.length).toBeGreaterThan(1000);
  const truth = [...truths.values()];
  expect(truth.length).toBe(told.length);
  expect(told.some(({ simulated }) => simulated)).toBe(false);
  expect(Math.max(...told.map(({ force_n }) => Math.max(...Array.from(force_n))))).toBeGreaterThan(0.3);
  const worst = (a: (k: number, s: number) => number): number =>
    Math.max(...told.flatMap((_, k) => [0, 1, 2, 3].map((s) => Math.abs(a(k, s)))));
  // No sensor noise here: the joints and the calibration are the truth, but for the state being told in double precision.
  expect(worst((k, s) => told[k]!.force_n[s]! - truth[k]!.forceN[s]!)).toBeLessThan(1e-6);
  expect(worst((k, s) => told[k]!.bow_speed_mps[s]! - truth[k]!.bowSpeedMps[s]!)).toBeLessThan(1e-6);
  expect(worst((k, s) => told[k]!.bow_position_m[s]! - truth[k]!.bowPositionM[s]!)).toBeLessThan(1e-6);
});
