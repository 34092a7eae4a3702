import { expect, it } from "vitest";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { freeClearance, upperArmTurnsFor } from "../../src/planning/clearance-checks.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";

const TURN_RAD = 2 * Math.PI;
const room = (name: string) =>
  loadWorkcell({ profile: "simulation", set: [], calibration: name, cell: name });
const [reference, paper] = [await room("reference"), await room("paper")];
const { parked_rad } = reference.instrument;
/** As an arm is delivered: straight up, base at zero. */
const upright: Joints = [0, -Math.PI / 2, 0, -Math.PI / 2, 0, 0];

it("proves that the scroll of the reference cell shuts an upright arm off from the parked pose: 3 mm are left at best", () => {
  const shut = upperArmTurnsFor(reference).shutOff(upright, parked_rad)!;
  expect(shut.pair).toEqual(["upper arm", "scroll"]);
  // Measured apart on a grid of half degrees: between 2.5 and 3 mm.
  expect(shut.widestM).toBeGreaterThan(0.002);
  expect(shut.widestM).toBeLessThan(0.0035);
});

it("goes the other way around the base where the room is open there: the parked pose a turn on is not shut off", () => {
  const turned = parked_rad.map((q, j) => (j === 0 ? q + TURN_RAD : q)) as unknown as Joints;
  expect(upperArmTurnsFor(reference).shutOff(upright, turned)).toBeUndefined();
  expect(upperArmTurnsFor(paper).shutOff(upright, paper.instrument.parked_rad)).toBeUndefined();
});

it("tells how far base and shoulder turn: from the parked pose the base to the scroll, the shoulder never through the stand", () => {
  const [base, shoulder] = upperArmTurnsFor(reference).rangeFrom(parked_rad);
  // Measured apart on a grid of half degrees: to -125.5 deg; here by up to a cell of 2 deg more.
  expect(base[1]).toBeGreaterThan(-2.19);
  expect(base[1]).toBeLessThan(-2.12);
  expect(base[0]).toBeCloseTo(-TURN_RAD, 1);
  expect(shoulder[1]).toBeLessThan(1.2);
  expect(shoulder[0]).toBeGreaterThan(-4.4);
});

it("shuts nothing off that a clear motion joins, and says the same both ways", () => {
  for (const place of [reference, paper]) {
    const [clear, random] = [freeClearance(place), seededRandom(2)];
    const turns = upperArmTurnsFor(place);
    for (let ways = 0; ways < 60;) {
      const from = parked_rad.map(() => TURN_RAD * (2 * random() - 1)) as unknown as Joints;
      if (clear.clearanceAt(from).minM < clear.requiredM) continue;
      const to = from.map((q) => q + 1.5 * (2 * random() - 1)) as unknown as Joints;
      if (Math.max(...to.map(Math.abs)) > TURN_RAD || !clear.isMotionClear(from, to)) continue;
      ways += 1;
      expect(turns.shutOff(from, to)).toBeUndefined();
      if (ways > 2) continue;
      const isShut = (a: Joints, b: Joints): boolean => turns.shutOff(a, b) !== undefined;
      expect(isShut(to, parked_rad)).toBe(isShut(from, parked_rad));
      expect(isShut(parked_rad, from)).toBe(isShut(from, parked_rad));
    }
  }
});
