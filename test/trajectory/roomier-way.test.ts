import { expect, it } from "vitest";
import type { Clearance } from "../../src/collision/clearance.ts";
import type { Joints } from "../../src/math/joints.ts";
import { roomierWay } from "../../src/trajectory/roomier-way.ts";

/** A gap between two walls that opens as the second joint turns on; the first moves from wall to wall. */
const clearanceAt = (q: Joints): Clearance => ({
  minM: 0.01 * (1 + q[1]) - Math.abs(q[0]) * 0.1,
  allowanceM: 0,
  pair: ["arm", "wall"],
  pairNumber: 0,
});
const tight: Joints = [0.04, 0, 0, 0, 0, 0];
const roomOf = (q: Joints): number => clearanceAt(q).minM;
const wanted = { enoughM: 0.012, seed: 1 };

it("goes to where there is room enough, each stop roomier than the one before", () => {
  const way = roomierWay(tight, () => true, { clearanceAt }, wanted);
  expect(way[0]).toBe(tight);
  expect(roomOf(tight)).toBeCloseTo(0.006, 9);
  for (let i = 1; i < way.length; i++) expect(roomOf(way[i]!)).toBeGreaterThan(roomOf(way[i - 1]!));
  expect(roomOf(way.at(-1)!)).toBeGreaterThanOrEqual(0.012);
  expect(roomierWay(tight, () => true, { clearanceAt }, wanted)).toEqual(way);
});

it("goes only where it may: with the second joint held, no farther than the middle of the gap", () => {
  const isHeld = (_: Joints, b: Joints): boolean => b[1] === 0;
  const end = roomierWay(tight, isHeld, { clearanceAt }, wanted).at(-1)!;
  expect(end[1]).toBe(0);
  expect(roomOf(end)).toBeCloseTo(0.01, 4);
  expect(roomierWay(tight, () => false, { clearanceAt }, wanted)).toEqual([tight]);
});
