import { readFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { compareCalibrations } from "../../src/instrument/compare-calibrations.ts";
import { fitDrift } from "../../src/instrument/drift.ts";
import { bowOnString } from "../../src/instrument/bow-on-string.ts";
import { moveCalibration } from "../../src/instrument/move-calibration.ts";
import type { Instrument } from "../../src/instrument/instrument.ts";
import { touchAt } from "../../src/instrument/touch.ts";
import { compose, inverse, pose, type Pose } from "../../src/math/pose.ts";
import { fromRotvec } from "../../src/math/rotation.ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import type { StringName } from "../../src/score/score.ts";
import { startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { openArmDesk } from "../../src/teaching/arm-desk.ts";
import { baseTurnedOn } from "../../src/instrument/base-turns.ts";
import { recheckCello, touchPlaces } from "../../src/teaching/recheck-cello.ts";
import { touchDown, TOUCH_SETTINGS } from "../../src/teaching/touch-down.ts";
import { firstBranch } from "../../src/trajectory/first-branch.ts";
import { during, pass } from "../rtde/arm-in-step.ts";
import { deskAt } from "./desk-at.ts";

const reference = parseCalibration(readFileSync("data/calibration/reference.yaml", "utf8"), "reference");
const { instrument } = checkCalibration(reference);
const cell = parseCell(readFileSync("data/cells/reference.yaml", "utf8"), "reference");
const profile = parseProfile(readFileSync("launch/profiles/simulation.yaml", "utf8"), "simulation", []);

const brisk = { ...profile, trajectory: { ...profile.trajectory, freeMotionShare: 0.7 } };

/** Somebody has bumped into the cello: across, outwards [m], about the strings, nut outwards [rad]. */
const bumped = (across: number, outward: number, roll: number, pitch: number) => {
  const moved = pose("C", "C", [across, 0, outward], fromRotvec([pitch, roll, 0]));
  return compose(compose(instrument.X_BC, moved), inverse(instrument.X_BC));
};

it("tells a bump from the places where strings were touched, all four ways of it", () => {
  for (const ways of [
    [0.003, 0, 0, 0],
    [0, -0.002, 0, 0],
    [0, 0, 0.015, 0],
    [0, 0, 0, 0.01],
    [0.002, 0.001, -0.01, 0.008],
  ]) {
    const [across, outward, roll, pitch] = ways as [number, number, number, number];
    const moved = checkCalibration(
      moveCalibration(reference, bumped(across, outward, roll, pitch)),
    ).instrument;
    // Where the hair of the old places would have met the moved strings: found along the old normal, by halving.
    const touches = touchPlaces(instrument).map(({ string, ...place }) => {
      const at = (heightM: number) =>
        bowOnString(instrument.hair, instrument.strings[string], { ...place, heightM });
      return { string, X_BF: at(heightOfTouch(moved, string, at)) };
    });
    const drift = fitDrift(instrument, touches);
    expect(drift.outwardM).toBeCloseTo(outward, 4);
    expect(drift.pitch_rad).toBeCloseTo(pitch, 3);
    expect(drift.acrossM).toBeCloseTo(across, 3);
    expect(drift.roll_rad).toBeCloseTo(roll, 2);
    expect(drift.rmsM).toBeLessThan(5e-5);
  }
});

function heightOfTouch(
  moved: Instrument,
  string: StringName,
  at: (heightM: number) => Pose<"B", "F">,
): number {
  let [deep, high] = [-0.02, 0.02];
  for (let i = 0; i < 60; i++) {
    const middle = (deep + high) / 2;
    if (touchAt(at(middle), moved.hair, moved.strings[string]).pressedM > 0) deep = middle;
    else high = middle;
  }
  return high;
}

/**
 * The arm touches the strings of a cello that was moved by `X_BB` since the calibration it believes in. It waits with its base some whole
 * turns on.
 */
async function recheckAfter(X_BB: Pose<"B", "B">, forceNoiseN: number, turn_rad = 0) {
  const truth = checkCalibration(moveCalibration(reference, X_BB)).instrument;
  const waiting = { ...truth, parked_rad: baseTurnedOn(truth.parked_rad, turn_rad) };
  const robot = await startSimulatedRobot({ instrument: waiting, realTime: false, seed: 1, poweredOn: true });
  onTestFinished(() => robot.close());
  robot.controller.sensors.errors = {
    ...robot.controller.sensors.errors,
    forceNoiseN,
    forceBiasN: [1.5, -1, 2],
  };
  const desk = await during(
    robot,
    openArmDesk(memoryStreams(robot), { tcp_F: instrument.tcp_F, payload: instrument.payload }),
  );
  const said: string[] = [];
  let mostN = 0;
  let done = false;
  const work = recheckCello(desk, { instrument, cell, profile: brisk }, QUICK, (text) => said.push(text));
  const finished = work.finally(() => (done = true));
  finished.catch(() => undefined);
  for (let cycle = 0; cycle < 200_000 && !done; cycle++) {
    robot.stepCycle();
    mostN = Math.max(mostN, ...robot.controller.plant.contacts.forceN);
    if (cycle % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const { drift } = await finished;
  const parked_rad = baseTurnedOn(instrument.parked_rad, turn_rad);
  Array.from(robot.controller.plant.q_rad).forEach((q, j) => expect(q).toBeCloseTo(parked_rad[j]!, 3));
  await during(robot, desk.close());
  return { truth, drift, said, mostN };
}

/** A little faster than beside a real cello. */
const QUICK = { ...TOUCH_SETTINGS, speedMps: 0.01, hoverM: 0.014 };

it("touches every string at low force and corrects a bump of three millimetres", async () => {
  const { truth, drift, said, mostN } = await recheckAfter(bumped(0.002, 0.0025, 0.006, -0.005), 0.1);
  expect(said).toHaveLength(8);
  expect(mostN).toBeGreaterThan(0.8);
  expect(mostN).toBeLessThan(2.2);
  const corrected = checkCalibration(moveCalibration(reference, drift.X_BB)).instrument;
  const before = compareCalibrations(instrument, truth);
  const after = compareCalibrations(corrected, truth);
  expect(before.mostM).toBeGreaterThan(0.002);
  expect(after.mostM).toBeLessThan(0.0003);
});

it("touches them from where it waits with its base a whole turn on, and waits there again", async () => {
  const { drift, said } = await recheckAfter(bumped(0, 0.002, 0, 0), 0, 2 * Math.PI);
  expect(said).toHaveLength(8);
  expect(drift.outwardM).toBeCloseTo(0.002, 3);
});

it("gives up when a safeguard holds the arm on its way down to a string: the bow goes no lower when that is cleared", async () => {
  const place = { string: "D", bowM: 0.3, contactM: 0.085 } as const;
  const above = bowOnString(instrument.hair, instrument.strings.D, {
    ...place,
    heightM: TOUCH_SETTINGS.hoverM,
  });
  const { robot, desk } = await deskAt(instrument, firstBranch(instrument, above)!);
  const { plant, modes } = robot.controller;
  const fromM = desk.control.state.actual_TCP_pose[2]!;
  desk.control.onState(({ actual_TCP_pose }) => {
    if (fromM - actual_TCP_pose[2]! > 0.002) modes.set("safeguard-stop", true);
  });
  await expect(during(robot, touchDown(desk, instrument, place, TOUCH_SETTINGS))).rejects.toThrow(
    /A safeguard stops the arm\..* does not go on when it is cleared/,
  );
  await during(robot, desk.close());
  await pass(robot, 0.5);
  const there_rad = [...plant.q_rad];
  modes.set("safeguard-stop", false);
  await pass(robot, 1);
  expect([...plant.q_rad]).toEqual(there_rad);
});
