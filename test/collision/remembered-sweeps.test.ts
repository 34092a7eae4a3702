import { expect, it } from "vitest";
import { CLEARANCE_SETTINGS, makeClearanceCheck } from "../../src/collision/clearance.ts";
import type { SplineKnot } from "../../src/collision/joint-motion.ts";
import { rememberingSweeps } from "../../src/collision/remembered-sweeps.ts";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { bowing, CELL, INSTRUMENT } from "./reference-place.ts";

const REQUIRED_M = 0.01;
const check = makeClearanceCheck(INSTRUMENT, CELL, { ...CLEARANCE_SETTINGS, requiredM: REQUIRED_M });
const STILL: Joints = [0, 0, 0, 0, 0, 0];
const knots: readonly SplineKnot[] = Array.from({ length: 12 }, (_, i) => ({
  q_rad: bowing("D", 0.1 + 0.02 * i, 0.06, 0.01 * i),
  qd_radps: STILL,
  qdd_radps2: STILL,
}));

it("tells what the check itself tells, however far it was asked before", () => {
  const remembering = rememberingSweeps(check);
  const random = seededRandom(3);
  for (let round = 0; round < 400; round++) {
    const i = Math.floor((knots.length - 1) * random());
    const farM = random() < 0.2 ? Infinity : 0.06 * random();
    const [from, to] = [knots[i]!, knots[i + 1]!];
    const { lowerBoundM, pair, allowanceM } = check.sweepSpline(from, to, 0.02, farM);
    expect(remembering.sweepSpline(from, to, 0.02, farM)).toMatchObject({ lowerBoundM, pair, allowanceM });
  }
});

it("sweeps the same motion once, and every other", () => {
  let swept = 0;
  const counting = {
    ...check,
    sweepSpline: (...of: Parameters<typeof check.sweepSpline>) => (swept++, check.sweepSpline(...of)),
  };
  const { sweepSpline } = rememberingSweeps(counting);
  const [a, b] = [knots[0]!, knots[1]!];
  sweepSpline(a, b, 0.02, 0.05);
  sweepSpline(a, b, 0.02, 0.05);
  sweepSpline(a, b, 0.02, 0.02);
  expect(swept).toBe(1);
  sweepSpline(a, b, 0.04, 0.05);
  sweepSpline({ ...a, qd_radps: [1e-12, 0, 0, 0, 0, 0] }, b, 0.02, 0.05);
  expect(swept).toBe(3);
});
