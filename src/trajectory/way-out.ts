import type { ClearanceCheck } from "../collision/clearance.ts";
import type { WideningCheck } from "../collision/widening.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { refine } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import { rotate } from "../math/rotation.ts";
import { addScaled, unit, type Vec3 } from "../math/vec.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import type { NoWay } from "./free-way.ts";

/** Ways out, seen from the cello: straight away from the strings first, then aside, along them, and up. */
const DIRECTIONS_C: readonly Vec3[] = [
  [0, 0, 1],
  [0.5, 0, 1],
  [-0.5, 0, 1],
  [0, 0.7, 1],
  [0, -0.7, 1],
  [1, 0, 0.3],
  [-1, 0, 0.3],
];
const LENGTHS_M = [0.02, 0.04, 0.07, 0.1, 0.15];

/**
 * A straight motion out of a place where the bow lies on a string, or something else stands too near: whatever is too near
 * only gets farther, and at its end all is clear.
 *
 * @param clear the check for free motion: hair may not lie on strings
 */
export function wayOut(
  q_rad: Joints,
  instrument: Pick<Instrument, "dh" | "X_BC">,
  widens: WideningCheck,
  clear: ClearanceCheck,
): Outcome<Joints, NoWay> {
  const { dh, X_BC } = instrument;
  const X_BF = forwardKinematics(dh, q_rad);
  for (const lengthM of LENGTHS_M)
    for (const direction of DIRECTIONS_C) {
      const p_m = addScaled(X_BF.p_m, rotate(X_BC.R, unit(direction)), lengthM);
      const end = refine(dh, { ...X_BF, p_m }, q_rad);
      if (end && clear.clearanceAt(end).minM >= clear.requiredM && widens(q_rad, end)) return ok(end);
    }
  const { minM, pair } = clear.clearanceAt(q_rad);
  return refuse({ where: "start", pair, clearanceM: minM, requiredM: clear.requiredM });
}
