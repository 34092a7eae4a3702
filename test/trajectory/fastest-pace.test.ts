import { expect, it } from "vitest";
import { fastestPace } from "../../src/trajectory/fastest-pace.ts";

const POINTS = 1001;
const straight = {
  ...{ step: 1 / (POINTS - 1), joints: 1, acceleration: [1] },
  slope: new Float64Array(POINTS).fill(1),
  bend: new Float64Array(POINTS),
  ceiling: new Float64Array(POINTS).fill(4),
};

it("goes a metre at 1 m/s² from rest to rest at 1 m/s at most", () => {
  const pace = fastestPace(straight);
  expect([pace[0], pace[POINTS - 1]]).toEqual([0, 0]);
  expect(pace[500]).toBeCloseTo(1, 6); // v² = 2 · a · 0.5 m
  expect(pace[250]).toBeCloseTo(0.5, 6);
});

it("keeps its pace at both ends, where it has one: from 1 m/s to 1 m/s at √2 m/s at most", () => {
  const pace = fastestPace({ ...straight, ends: 1 });
  expect([pace[0], pace[POINTS - 1]]).toEqual([1, 1]);
  expect(pace[500]).toBeCloseTo(2, 6);
  expect(pace[750]).toBeCloseTo(1.5, 6);
});

it("has no more pace at its ends than its ceiling allows", () => {
  const pace = fastestPace({ ...straight, ends: 9 });
  expect(Math.max(...pace)).toBeCloseTo(4, 6);
  expect(pace[0]).toBeCloseTo(4, 6);
});
