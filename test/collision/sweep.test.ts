import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { CLEARANCE_SETTINGS, makeClearanceCheck } from "../../src/collision/clearance.ts";
import { middleAndReach, quinticPiece, splitPiece, straightPiece } from "../../src/collision/joint-motion.ts";
import { makePairScan } from "../../src/collision/pair-scan.ts";
import { capsule, sphere, type Shape } from "../../src/collision/shape.ts";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import { jointFrames } from "../../src/kinematics/joint-frames.ts";
import type { Vec3 } from "../../src/math/vec.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import type { Joints } from "../../src/math/joints.ts";
import { transformPoint } from "../../src/math/pose.ts";
import { seededRandom } from "../../src/math/random.ts";
import { CALIBRATED_UR5E } from "../kinematics/calibrated-arm.ts";
import { ALONE, bowing, CELL, INSTRUMENT } from "./reference-place.ts";

const CALIBRATED = { ...INSTRUMENT, dh: CALIBRATED_UR5E };
const between = (a: Joints, b: Joints, k: number): Joints =>
  a.map((v, j) => v + k * (b[j]! - v)) as unknown as Joints;
const near = (q: Joints, size: number, random: () => number): Joints =>
  q.map((v) => v + size * (2 * random() - 1)) as unknown as Joints;
const STRINGS = ["A", "D", "G", "C"] as const;

/** Configurations around the instrument: bowing, lifted, and off beside it. */
function somewhere(random: () => number): Joints {
  const s = STRINGS[Math.floor(4 * random())]!;
  return near(bowing(s, 0.05 + 0.3 * random(), 0.06 + 0.05 * random(), 0.1 * random()), 0.2, random);
}

/** The base joint turned by k more. */
const swung = ([base, ...rest]: Joints, k: number): Joints => [base + k, ...rest] as unknown as Joints;

it("bounds every configuration of a straight joint motion from below, however fine it is sampled", () => {
  const random = seededRandom(21);
  for (const instrument of [INSTRUMENT, CALIBRATED])
    for (const requiredM of [0.001, 0.03]) {
      const check = makeClearanceCheck(instrument, CELL, {
        ...CLEARANCE_SETTINGS,
        requiredM,
        finest_rad: 2e-3,
      });
      for (let round = 0; round < 40; round++) {
        const a = somewhere(random);
        const b = near(a, 0.01 + 0.3 * random(), random);
        const { lowerBoundM, sampledM } = check.sweepClearance(a, b);
        let least = Infinity;
        for (let k = 0; k <= 60; k++) least = Math.min(least, check.clearanceAt(between(a, b, k / 60)).minM);
        expect(lowerBoundM, `round ${round}`).toBeLessThanOrEqual(least + 1e-12);
        expect(sampledM).toBeGreaterThanOrEqual(lowerBoundM);
      }
    }
});

it("holds for everything within the stated deviation from the straight motion", () => {
  const random = seededRandom(22);
  const check = makeClearanceCheck(CALIBRATED, CELL, {
    ...CLEARANCE_SETTINGS,
    requiredM: 0.02,
    finest_rad: 2e-3,
  });
  const stray: Joints = [0.01, 0.02, 0.005, 0.03, 0.02, 0.04];
  for (let round = 0; round < 30; round++) {
    const a = somewhere(random);
    const b = near(a, 0.05, random);
    const { lowerBoundM } = check.sweepClearance(a, b, stray);
    for (let k = 0; k <= 60; k++) {
      const q = between(a, b, random()).map(
        (v, j) => v + stray[j]! * Math.sign(random() - 0.5),
      ) as unknown as Joints;
      expect(check.clearanceAt(q).minM, `round ${round}`).toBeGreaterThanOrEqual(lowerBoundM - 1e-12);
    }
  }
});

it("holds along a quintic spline that swings far off the straight line between its knots", () => {
  const random = seededRandom(23);
  const check = makeClearanceCheck(INSTRUMENT, CELL, {
    ...CLEARANCE_SETTINGS,
    requiredM: 0.02,
    finest_rad: 2e-3,
  });
  const rates = (size: number): Joints => near([0, 0, 0, 0, 0, 0], size, random);
  for (let round = 0; round < 40; round++) {
    const a = somewhere(random);
    const from = { q_rad: a, qd_radps: rates(2), qdd_radps2: rates(20) };
    const to = { q_rad: near(a, 0.05, random), qd_radps: rates(2), qdd_radps2: rates(20) };
    const h = 0.02 + 0.1 * random();
    const { lowerBoundM } = check.sweepSpline(from, to, h);
    // Where farther than 25 mm is not asked about, nearer is told all the same.
    expect(check.sweepSpline(from, to, h, 0.025).lowerBoundM).toBe(Math.min(lowerBoundM, 0.025));
    for (let k = 0; k <= 40; k++)
      expect(check.clearanceAt(quinticAt(from, to, h, k / 40)).minM, `round ${round}`).toBeGreaterThanOrEqual(
        lowerBoundM - 1e-12,
      );
  }
});

it("finds a thin post between two samples that are both clear of it", () => {
  const q = bowing("D", 0.2, 0.08, 0.1);
  const tip = transformPoint(forwardKinematics(INSTRUMENT.dh, q), [0.64, 0, 0.06]);
  const post = `{name: post, capsule: {a_m: [${tip[0]}, ${tip[1]}, ${tip[2] - 0.2}], b_m: [${tip[0]}, ${tip[1]}, ${tip[2] + 0.2}], radiusM: 0.002}}`;
  const cell = parseCell(`{cell: x, floor: {heightM: -1}, obstacles: [${post}]}`, "cell");
  const check = makeClearanceCheck(INSTRUMENT, cell);
  expect(check.clearanceAt(swung(q, -0.1)).minM).toBeGreaterThan(0.01);
  expect(check.clearanceAt(swung(q, 0.1)).minM).toBeGreaterThan(0.01);
  const swept = check.sweepClearance(swung(q, -0.1), swung(q, 0.13));
  expect(swept.lowerBoundM).toBeLessThan(0);
  expect(swept.pair[1]).toBe("post");
});

/** Never divides the motion: shows the bound of one piece. */
const UNDIVIDED = { ...CLEARANCE_SETTINGS, requiredM: -10 };

it("allows for the whole arc of the farthest point, and not much more", () => {
  // One joint turns 0.1 rad to either side; a ball stands where the bow's tip comes to at one end of the motion.
  const q = bowing("D", 0.2, 0.08, 0.1);
  const tip = (k: number): readonly number[] =>
    transformPoint(forwardKinematics(INSTRUMENT.dh, swung(q, k)), [0.03 + 0.62 + 0.02, 0, 0.06 - 0.022]);
  const ball = `{name: ball, sphere: {centre_m: [${tip(0.12).join()}], radiusM: 0.001}}`;
  const cell = parseCell(`{cell: x, floor: {heightM: -1}, obstacles: [${ball}]}`, "cell");
  const check = makeClearanceCheck(ALONE, cell, UNDIVIDED);
  const swept = check.sweepClearance(swung(q, -0.1), swung(q, 0.1));
  const atEnd = check.clearanceAt(swung(q, 0.1));
  expect(swept.pair[1]).toBe("ball");
  expect(atEnd.pair[1]).toBe("ball");
  expect(swept.lowerBoundM).toBeLessThanOrEqual(atEnd.minM);
  expect(swept.lowerBoundM).toBeGreaterThan(atEnd.minM - 0.01); // of some 130 mm of travel
});

it("sees a far body that comes fast before a near body that stays", () => {
  // All joints zero: the flange is at (−0.8172, −0.2329, 0.0628), 0.84974 m from the base axis. The base turning
  // 0.5 rad to either side moves it 0.42487 m at most, more than the 0.2 m to its post; the shoulder stays on the axis.
  const frames = jointFrames(NOMINAL_UR5E);
  const still = { name: "shoulder", link: 1, shape: sphere([0, 0, 0], 0) };
  const posts = [
    { name: "near post", link: 0, shape: sphere([0, 0, 0.1625 + 0.01], 0) },
    { name: "far post", link: 0, shape: sphere([-0.8172, -0.2329, 0.0628 + 0.2], 0) },
  ];
  const base = [0.5, 0, 0, 0, 0, 0];
  for (const fast of [sphere([0, 0, 0], 0), rod([0, 0, 0], [0.1, 0, 0]), rod([0.1, 0, 0], [0, 0, 0])]) {
    const shapes = [still, { name: "flange", link: 6, shape: fast }, ...posts];
    // The rod's other end, 0.1 m on along x of the flange, is nearer to the axis.
    const { scan } = makePairScan({ frames, shapes, pairs: [[0, 2], [1, 3]], overStrings: [false, false] }); // prettier-ignore
    const found = scan([0, 0, 0, 0, 0, 0], base);
    expect(found.pair).toEqual(["flange", "far post"]);
    expect(found.lowerBoundM).toBeCloseTo(0.2 - 0.5 * Math.hypot(0.8172, 0.2329), 9);
    expect(found.hereM).toBeCloseTo(0.2, 9);
  }
});

const rod = (a: Vec3, b: Vec3): Shape => capsule(a, b, 0);

it("comes as near to the true minimum as its finest step allows, wherever the requirement is missed", () => {
  const check = makeClearanceCheck(INSTRUMENT, CELL, { ...CLEARANCE_SETTINGS, requiredM: 0.05 });
  const [a, b] = [bowing("D", 0.2, 0.08), bowing("D", 0.24, 0.08)];
  const { lowerBoundM, sampledM } = check.sweepClearance(a, b);
  // 6 joints · 2e-4 rad · about 1 m of lever: 1.2 mm at most
  expect(sampledM - lowerBoundM).toBeLessThan(0.0012);
  expect(check.clearanceAt(a).minM - lowerBoundM).toBeLessThan(0.002);
});

it("cuts a piece of motion into halves that go on being the same curve", () => {
  const random = seededRandom(24);
  const knot = (): { q_rad: Joints; qd_radps: Joints; qdd_radps2: Joints } => ({
    q_rad: near([0, 0, 0, 0, 0, 0], 2, random),
    qd_radps: near([0, 0, 0, 0, 0, 0], 2, random),
    qdd_radps2: near([0, 0, 0, 0, 0, 0], 20, random),
  });
  const [from, to, h] = [knot(), knot(), 0.3];
  const [first, second] = splitPiece(quinticPiece(from, to, h));
  expectClose(middleAndReach(first).middle_rad, quinticAt(from, to, h, 0.25));
  expectClose(middleAndReach(second).middle_rad, quinticAt(from, to, h, 0.75));
  expectClose([...first.slice(30)], quinticAt(from, to, h, 0.5));
  expectClose([...second.slice(30)], to.q_rad);
});

it("gives a straight motion half its length of reach", () => {
  const { middle_rad, reach_rad } = middleAndReach(straightPiece([0, 0, 0, 0, 0, 0], [1, -2, 0, 0, 0, 4]));
  expectClose(middle_rad, [0.5, -1, 0, 0, 0, 2]);
  expectClose(reach_rad, [0.5, 1, 0, 0, 0, 2]);
});

function expectClose(got: readonly number[], wanted: readonly number[]): void {
  wanted.forEach((w, j) => expect(got[j], `joint ${j}`).toBeCloseTo(w, 12));
}

interface Knot {
  readonly q_rad: Joints;
  readonly qd_radps: Joints;
  readonly qdd_radps2: Joints;
}

/** Quintic Hermite in its power form, the textbook way: c0 … c5 from the six end conditions. */
function quinticAt(from: Knot, to: Knot, h: number, k: number): Joints {
  const t = k * h;
  return from.q_rad.map((q0, j) => {
    const [v0, a0] = [from.qd_radps[j]!, from.qdd_radps2[j]!];
    const [q1, v1, a1] = [to.q_rad[j]!, to.qd_radps[j]!, to.qdd_radps2[j]!];
    const d = q1 - q0;
    const c3 = (20 * d - (8 * v1 + 12 * v0) * h - (3 * a0 - a1) * h ** 2) / (2 * h ** 3);
    const c4 = (-30 * d + (14 * v1 + 16 * v0) * h + (3 * a0 - 2 * a1) * h ** 2) / (2 * h ** 4);
    const c5 = (12 * d - 6 * (v1 + v0) * h + (a1 - a0) * h ** 2) / (2 * h ** 5);
    return q0 + t * (v0 + t * (a0 / 2 + t * (c3 + t * (c4 + t * c5))));
  }) as unknown as Joints;
}
