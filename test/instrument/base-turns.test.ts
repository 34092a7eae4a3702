import { expect, it } from "vitest";
import { baseTurnedOn, baseTurnsFrom, otherBaseTurns, waitingAs } from "../../src/instrument/base-turns.ts";
import type { Joints } from "../../src/math/joints.ts";

const TURN_RAD = 2 * Math.PI;
const POSE: Joints = [-2.8, -1, 1.7, -1.9, -1.5, -3.4];
const limits = (most: number) => ({
  jointMin_rad: [-most, -most, -most, -most, -most, -most] as Joints,
  jointMax_rad: [most, most, most, most, most, most] as Joints,
});

it("counts whole turns of the base only, to the nearest", () => {
  expect(baseTurnsFrom(POSE, POSE)).toBe(0);
  expect(baseTurnsFrom(POSE, baseTurnedOn(POSE, 0.1))).toBe(0);
  expect(baseTurnsFrom(POSE, baseTurnedOn(POSE, TURN_RAD + 0.1))).toBe(TURN_RAD);
  expect(baseTurnsFrom(POSE, [-2.8 - TURN_RAD, 5, 5, 5, 5, 5])).toBe(-TURN_RAD);
});

it("knows where else the base has the arm in the same place: what is within its range, the nearest first", () => {
  const on = baseTurnedOn(POSE, TURN_RAD); // 3.48: a turn back would be -9.08
  expect(otherBaseTurns(POSE, [0, 0, 0, 0, 0, 0], limits(TURN_RAD))).toEqual([on]);
  expect(otherBaseTurns(POSE, [0, 0, 0, 0, 0, 0], limits(3))).toEqual([]);
  expect(otherBaseTurns(POSE, [0, 0, 0, 0, 0, 0], limits(10))).toEqual([on, baseTurnedOn(POSE, -TURN_RAD)]);
});

it("waits with its base as many turns on as it stands there, and as calibrated where it stands elsewhere", () => {
  const parked: Joints = [-2.8, -1, 1.7, -1.9, -1.5, -3.4];
  const turned = baseTurnedOn(parked, 2 * Math.PI);
  expect(waitingAs(parked, baseTurnedOn(turned, 0.3))).toEqual(turned);
  expect(waitingAs(parked, baseTurnedOn(parked, -0.3))).toEqual(parked);
  expect(waitingAs(parked, baseTurnedOn(turned, -1))).toEqual(parked);
});
