import { expect, it } from "vitest";
import type { Clearance } from "../../src/collision/clearance.ts";
import type { Joints } from "../../src/math/joints.ts";
import { FREE_WAY_DEFAULTS, findFreeWay } from "../../src/trajectory/free-way.ts";

/** A wall across the first joint at 0, 0.2 rad thick, with a slit of 0.1 rad in the second and third. */
const isInWall = ([a, b, c]: Joints): boolean => Math.abs(a) < 0.1 && Math.hypot(b - 1, c - 1) > 0.05;
const at = (q: Joints): Clearance => ({
  minM: isInWall(q) ? 0 : 0.02,
  allowanceM: 0,
  pair: ["arm", "wall"],
  pairNumber: 0,
});
const on = (a: Joints, b: Joints, share: number): Joints =>
  a.map((v, j) => v + share * (b[j]! - v)) as unknown as Joints;
const isMotionClear = (a: Joints, b: Joints): boolean => {
  const looks = Math.ceil(Math.hypot(...a.map((v, j) => b[j]! - v)) / 0.004);
  return Array.from({ length: looks + 1 }, (_, k) => on(a, b, k / Math.max(looks, 1))).every(
    (q) => !isInWall(q),
  );
};
const sweepClearance = () => ({ lowerBoundM: 0, sampledM: 0, pair: ["arm", "wall"] as const, allowanceM: 0 });
const clear = { requiredM: 0.01, clearanceAt: at, isMotionClear, sweepClearance };

const [from, to]: Joints[] = [
  [-1, 0, 0, 0, 0, 0],
  [1, 0, 0, 0, 0, 0],
];
const wide = { jointMin_rad: [-6, -6, -6, -6, -6, -6] as Joints, jointMax_rad: [6, 6, 6, 6, 6, 6] as Joints };
const settings = { ...FREE_WAY_DEFAULTS, ...wide, tries: 400 };
/** Where the joints can be turned to at all. */
const closer = {
  ...FREE_WAY_DEFAULTS,
  tries: 16000,
  stepRad: 0.2,
  shortenings: 3,
  jointMin_rad: [-1.2, -0.2, -0.2, -0.1, -0.1, -0.1] as Joints,
  jointMax_rad: [1.2, 1.4, 1.4, 0.1, 0.1, 0.1] as Joints,
};

it("finds a slit that a quick look misses when it looks closer, and the same way for the same seed", () => {
  expect(findFreeWay(from!, to!, clear, settings)).toMatchObject({ ok: false, why: { where: "between" } });
  const found = findFreeWay(from!, to!, clear, closer);
  if (!found.ok) throw new Error("no way through the slit");
  expect([found.value[0], found.value.at(-1)]).toEqual([from, to]);
  const through = found.value.slice(1).map((q, i) => at(on(found.value[i]!, q, 0.5)));
  expect(Math.min(...through.map(({ minM }) => minM))).toBe(0.02);
  expect(findFreeWay(from!, to!, clear, closer)).toEqual(found);
});
