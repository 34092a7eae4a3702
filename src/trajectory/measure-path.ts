import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { Instrument } from "../instrument/instrument.ts";
import { jacobianAt, jointAxes, type JointAxis } from "../kinematics/forward.ts";
import { jointsAt, type Joints } from "../math/joints.ts";
import { transformPoint } from "../math/pose.ts";
import { norm, type Vec3 } from "../math/vec.ts";
import type { Derivatives } from "./derivatives.ts";
import type { LimitUse, MotionLimits } from "./joint-trajectory.ts";

/** The largest use of each joint limit over a path; `sample` says where. */
export interface SampledUse extends Omit<LimitUse, "atS"> {
  readonly sample: number;
}

/** Largest |value| / limit over all samples and joints. @param values [n × 6] */
export function largestUse(values: Float64Array, limit: Joints): SampledUse {
  let worst = { joint: 0, sample: 0, share: -1 };
  for (let k = 0; k < values.length; k++) {
    const share = Math.abs(values[k]!) / limit[k % 6]!;
    if (share > worst.share) worst = { joint: k % 6, sample: Math.floor(k / 6), share };
  }
  const value = Math.abs(values[worst.sample * 6 + worst.joint] ?? 0);
  return { joint: worst.joint, sample: worst.sample, value, limit: limit[worst.joint]! };
}

/** The joint nearest to an end of its range, as a share of the half range around its middle. */
export function positionUse(q_rad: Float64Array, limits: MotionLimits): SampledUse {
  const middle = limits.jointMin_rad.map((low, j) => (low + limits.jointMax_rad[j]!) / 2);
  const half = limits.jointMin_rad.map((low, j) => (limits.jointMax_rad[j]! - low) / 2) as unknown as Joints;
  return largestUse(
    q_rad.map((q, k) => q - middle[k % 6]!),
    half,
  );
}

/** Upper arm, and the elbow from the base axis at its farthest [m]. @source UR5e DH a2, and the shoulder's 0.138 m offset */
const UPPER_ARM_M = 0.425;
const ELBOW_REACH_M = Math.hypot(0.425, 0.138);

/** Far above what rounding makes of a singular value. */
const ROUNDING = 1e-9;

/**
 * The sample at which the arm is nearest to singular: the smallest singular value of the Jacobian at the frog, lengths in metres.
 *
 * No singular value changes by more than the Jacobian does, |σ(J) − σ(K)| ≤ ‖J − K‖: where it surely is no smaller than one that was seen
 * already, it is not computed.
 *
 * @param every how many samples are looked at
 * @source Weyl's inequality for singular values
 */
export function smallestSigma(
  { dh, hair }: Instrument,
  q_rad: Float64Array,
  every: number,
): { readonly sigma: number; readonly sample: number } {
  let smallest = { sigma: Infinity, sample: 0 };
  let seen = { sigma: -Infinity, J: new Float64Array(36) };
  for (let sample = 0; sample < q_rad.length / 6; sample += every) {
    const { axes, X_BF } = jointAxes(dh, jointsAt(q_rad, sample));
    jacobianAt(axes, transformPoint(X_BF, hair.frog_F_m), J);
    if (seen.sigma - changeOf(seen.J) > smallest.sigma + ROUNDING) continue;
    const { diagonal } = new SingularValueDecomposition(Matrix.from1DArray(6, 6, J), {
      computeLeftSingularVectors: false,
      computeRightSingularVectors: false,
    });
    seen = { sigma: Math.min(...diagonal), J: J.slice() };
    if (seen.sigma < smallest.sigma) smallest = { sigma: seen.sigma, sample };
  }
  return smallest;
}

/** ‖J − K‖ of the Jacobian that stands in `J` (Frobenius, which is no less than the largest singular value). */
function changeOf(K: Float64Array): number {
  let squared = 0;
  for (let k = 0; k < 36; k++) squared += (J[k]! - K[k]!) * (J[k]! - K[k]!);
  return Math.sqrt(squared);
}

/** Fastest of TCP, frog and (a bound on) the elbow at one sample [m/s]. */
export function handSpeedMps(
  instrument: Instrument,
  q_rad: Float64Array,
  d: Pick<Derivatives, "qd">,
  sample: number,
): number {
  const qd = jointsAt(d.qd, sample);
  const { axes, X_BF } = jointAxes(instrument.dh, jointsAt(q_rad, sample));
  const [x, y, z] = instrument.tcp_F;
  // The elbow turns with the first two joints only, at most this far from their axes.
  const elbow = Math.hypot(ELBOW_REACH_M * qd[0], UPPER_ARM_M * qd[1]);
  return Math.max(
    speed(transformPoint(X_BF, [x, y, z]), axes, qd),
    speed(transformPoint(X_BF, instrument.hair.frog_F_m), axes, qd),
    elbow,
  );
}

/** Scratch of one call. */
const J = new Float64Array(36);

/** Of a point that is fixed to the flange [m/s]. */
function speed(p_B_m: Vec3, axes: readonly JointAxis[], qd: Joints): number {
  jacobianAt(axes, p_B_m, J);
  const v: [number, number, number] = [0, 0, 0];
  for (let row = 0; row < 3; row++) for (let j = 0; j < 6; j++) v[row]! += J[row * 6 + j]! * qd[j]!;
  return norm(v);
}
