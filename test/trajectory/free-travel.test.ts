import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCell, type Cell } from "../../src/collision/cell.ts";
import { box } from "../../src/collision/shape.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import { explainNoWay } from "../../src/planning/no-passage.ts";
import { planFreeMotion } from "../../src/planning/plan-free-motion.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import { derivatives } from "../../src/trajectory/derivatives.ts";
import { bowOnString } from "../../src/instrument/bow-on-string.ts";
import { FREE_WAY_DEFAULTS, findFreeWay } from "../../src/trajectory/free-way.ts";
import { firstBranch } from "../../src/trajectory/first-branch.ts";

const reference = parseCalibration(readFileSync("data/calibration/reference.yaml", "utf8"), "reference");
const { instrument } = checkCalibration(reference);
const cell = parseCell(readFileSync("data/cells/reference.yaml", "utf8"), "reference");
const profile = parseProfile(readFileSync("launch/profiles/simulation.yaml", "utf8"), "simulation", []);
const context = { instrument, cell, profile };

const row = (q: Float64Array, i: number): Joints =>
  Array.from(q.subarray(i * 6, i * 6 + 6)) as unknown as Joints;

/** Everything a motion must hold, measured anew from its samples. */
function expectSafe(parts: readonly Float64Array[], from: Joints, to: Joints, where: typeof context): void {
  const { limits, trajectory } = where.profile;
  const clear = freeClearance(where);
  expect(row(parts[0]!, 0)).toEqual(from);
  expect(row(parts.at(-1)!, parts.at(-1)!.length / 6 - 1)).toEqual(to);
  for (const part of parts) {
    const d = derivatives(part, trajectory.sampleS);
    const most = (values: Float64Array): number => values.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    const share = trajectory.freeMotionShare * 1.001;
    expect(most(d.qd)).toBeLessThanOrEqual(share * limits.jointSpeed_radps[0]);
    expect(most(d.qdd)).toBeLessThanOrEqual(share * limits.jointAcceleration_radps2[0]);
    expect(most(d.qddd)).toBeLessThanOrEqual(share * limits.jointJerk_radps3[0]);
  }
  const free = parts.at(-1)!;
  let least = Infinity;
  for (let i = 0; i < free.length / 6; i++) least = Math.min(least, clear.clearanceAt(row(free, i)).minM);
  expect(least).toBeGreaterThanOrEqual(clear.requiredM);
}

it("parks from anywhere on its side of the cello: clear of everything, within every limit, the same for the same seed", () => {
  const random = seededRandom(11);
  const clear = freeClearance(context);
  const { parked_rad } = instrument;
  let roundabout = 0;
  for (let round = 0; round < 8;) {
    const from = parked_rad.map(
      (v, j) => v + SPREAD_RAD[j]![0]! + random() * SPREAD_RAD[j]![1]!,
    ) as unknown as Joints;
    if (clear.clearanceAt(from).minM < clear.requiredM) continue;
    round++;
    const planned = planFreeMotion(from, parked_rad, context);
    if (!planned.ok) throw new Error(`round ${round}: ${explainNoWay(planned.why)}`);
    expectSafe(planned.value, from, parked_rad, context);
    if (clear.isMotionClear(from, parked_rad)) continue;
    roundabout++;
    expect(planFreeMotion(from, parked_rad, context)).toEqual(planned);
  }
  expect(roundabout).toBeGreaterThan(0);
});

/** Where starts are drawn from, beside the parked pose: least, and width [rad]. */
const SPREAD_RAD = [
  [-1.5, 1.6],
  [-1.2, 2.4],
  [-1.5, 3],
  [-2, 4],
  [-2, 4],
  [-2, 4],
];

it("has no way to go for an arm that stands where it is to go but for rounding, and a short one from just beside it", () => {
  const { parked_rad } = instrument;
  for (const besideRad of [0, 1e-12, 1e-9, 1e-7, 1e-5, 1e-3]) {
    const from = parked_rad.map((v) => v + besideRad) as unknown as Joints;
    const planned = planFreeMotion(from, parked_rad, context);
    if (!planned.ok) throw new Error(explainNoWay(planned.why));
    expect(planned.value).toHaveLength(1);
    if (besideRad < 1e-6) expect([...planned.value[0]!]).toEqual(from);
    else expectSafe(planned.value, from, parked_rad, context);
  }
});

it("lifts a bow that lies on a string straight off before it parks", () => {
  for (const string of ["C", "A"] as const) {
    const line = instrument.strings[string];
    const X_BF = bowOnString(instrument.hair, line, { bowM: 0.3, contactM: 0.085, heightM: -0.002 });
    const from = firstBranch(instrument, X_BF)!;
    const planned = planFreeMotion(from, instrument.parked_rad, context);
    if (!planned.ok) throw new Error(explainNoWay(planned.why));
    expect(planned.value).toHaveLength(2);
    expectSafe(planned.value, from, instrument.parked_rad, context);
    const [out] = planned.value;
    const height = (i: number): number => {
      const { p_m, R } = forwardKinematics(instrument.dh, row(out!, i));
      const [fx, fy, fz] = instrument.hair.frog_F_m;
      const p = [0, 1, 2].map((k) => p_m[k]! + R[3 * k]! * fx + R[3 * k + 1]! * fy + R[3 * k + 2]! * fz);
      return p.reduce((sum, v, k) => sum + v * line.outward_B[k]!, 0);
    };
    for (let i = 1; i < out!.length / 6; i++) expect(height(i)).toBeGreaterThanOrEqual(height(i - 1) - 1e-5);
  }
});

it("says what stands in the way: at the start, at the goal, and in between", () => {
  const at = (from: Joints, to: Joints, more: Cell["obstacles"]): string => {
    const planned = planFreeMotion(from, to, {
      ...context,
      cell: { ...cell, obstacles: [...cell.obstacles, ...more] },
    });
    return planned.ok ? "a way" : explainNoWay(planned.why);
  };
  const { parked_rad } = instrument;
  const elsewhere: Joints = [-3.4, -1.3, 1.5, -1.6, -1.5, -3];
  expect(at(elsewhere, parked_rad, [])).toBe("a way");
  const hand = forwardKinematics(instrument.dh, parked_rad).p_m;
  const crate = { name: "crate", shape: box(hand, [0.6, 0.6, 0.6]) };
  expect(at(parked_rad, elsewhere, [crate])).toMatch(
    /where the arm stands, .* and crate run into each other/,
  );
  expect(at(elsewhere, parked_rad, [crate])).toMatch(
    /where the arm is to go, .* and crate run into each other/,
  );
  // From the other side of the cello nothing leads past its scroll: the shoulder itself does not fit.
  const beyond: Joints = [-1.4, -1.5, 1.2, -1.2, -1.5, -3];
  const { jointMin_rad, jointMax_rad } = profile.limits;
  const settings = { ...FREE_WAY_DEFAULTS, jointMin_rad, jointMax_rad, tries: 200 };
  const none = findFreeWay(beyond, parked_rad, freeClearance(context), settings);
  expect(none).toMatchObject({ ok: false, why: { where: "between", requiredM: 0.01 } });
  expect(none.ok ? "" : explainNoWay(none.why)).toMatch(
    /on the straight one, .* and .*; 10\.0 mm .* is required/,
  );
});
