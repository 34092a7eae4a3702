import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { bowOnString } from "../../src/instrument/bow-on-string.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import { planTravel, playTravel, standingAt } from "../../src/teaching/travel.ts";
import { firstBranch } from "../../src/trajectory/first-branch.ts";
import { during, pass } from "../rtde/arm-in-step.ts";
import { deskAt } from "./desk-at.ts";

const { instrument } = checkCalibration(
  parseCalibration(readFileSync("data/calibration/reference.yaml", "utf8"), "reference"),
);
const cell = parseCell(readFileSync("data/cells/reference.yaml", "utf8"), "reference");
const profile = parseProfile(readFileSync("launch/profiles/simulation.yaml", "utf8"), "simulation", []);

/** An arm above the A string, with its way to where it is parked. */
async function aboveTheAString() {
  const above = { bowM: 0.5, contactM: 0.085, heightM: 0.03 };
  const { hair, strings, parked_rad } = instrument;
  const { robot, desk } = await deskAt(
    instrument,
    firstBranch(instrument, bowOnString(hair, strings.A, above))!,
  );
  const travel = planTravel(desk.name, standingAt(desk), parked_rad, { instrument, cell, profile });
  return { robot, desk, travel };
}

it("brings an arm that was stopped in the middle of a note to where it is parked, and touches nothing on the way", async () => {
  const line = instrument.strings.D;
  const onString = bowOnString(instrument.hair, line, { bowM: 0.3, contactM: 0.085, heightM: -0.002 });
  const startQ_rad = firstBranch(instrument, onString)!;
  const { robot, desk } = await deskAt(instrument, startQ_rad);
  expect(Math.max(...robot.controller.plant.contacts.forceN)).toBeGreaterThan(0.5);
  const travel = planTravel(desk.name, standingAt(desk), instrument.parked_rad, {
    instrument,
    cell,
    profile,
  });
  let [offS, touchedAgain] = [0, false];
  const stop = desk.control.onState(() => {
    const touches = Math.max(...robot.controller.plant.contacts.forceN) > 0;
    if (!touches) offS += 0.002;
    else if (offS > 0.01) touchedAgain = true;
  });
  await during(robot, playTravel(desk, travel, profile));
  stop();
  expect(offS).toBeGreaterThan(1);
  expect(touchedAgain).toBe(false);
  Array.from(robot.controller.plant.q_rad).forEach((q, j) =>
    expect(q).toBeCloseTo(instrument.parked_rad[j]!, 3),
  );
  await during(robot, desk.close());
});

it("stops on its way when it is asked to, and says that it did", async () => {
  const { robot, desk, travel } = await aboveTheAString();
  const { plant } = robot.controller;
  const fastest = (): number => Math.max(...Array.from(plant.qd_radps).map(Math.abs));
  const stop = new AbortController();
  desk.control.onState(() => void (fastest() > 0.2 && stop.abort()));
  await expect(during(robot, playTravel(desk, travel, profile, stop.signal))).rejects.toThrow(
    /the simulator: stopped as you asked; the arm stands where it was on its way/,
  );
  await during(robot, desk.close());
  for (let cycle = 0; cycle < 200; cycle++) robot.stepCycle();
  expect(fastest()).toBeLessThan(0.01);
  const leftToGo = Math.max(...plant.q_rad.map((q, j) => Math.abs(q - instrument.parked_rad[j]!)));
  expect(leftToGo).toBeGreaterThan(0.05);
});

it("gives up its way when a safeguard holds the arm, which stays where it is when that is cleared", async () => {
  const { robot, desk, travel } = await aboveTheAString();
  const { plant, modes } = robot.controller;
  desk.control.onState(() => {
    if (Math.max(...plant.qd_radps.map(Math.abs)) > 0.2) modes.set("safeguard-stop", true);
  });
  await expect(during(robot, playTravel(desk, travel, profile))).rejects.toThrow(
    /A safeguard stops the arm\..* does not go on when it is cleared; start again then/,
  );
  await during(robot, desk.close());
  await pass(robot, 0.5);
  const there_rad = [...plant.q_rad];
  modes.set("safeguard-stop", false);
  await pass(robot, 1);
  expect([...plant.q_rad]).toEqual(there_rad);
  expect(there_rad).not.toEqual([...instrument.parked_rad]);
});
