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

/** Speeds and singularity at one sample. */
export interface SampleFigures {
  /** Fastest of TCP, frog and (a bound on) the elbow [m/s]. */
  readonly tcpSpeedMps: number;
  /** Smallest singular value of the Jacobian at the frog, lengths in metres. */
  readonly sigma: number;
  /** Elbow away from straight [rad]. */
  readonly elbow_rad: number;
}

/** Upper arm, and the elbow from the base axis at its farthest [m]. @source UR5e DH a2, and the shoulder's 0.138 m offset */
const UPPER_ARM_M = 0.425;
const ELBOW_REACH_M = Math.hypot(0.425, 0.138);

/** Measures one sample of a path. */
export function sampleFigures(
  instrument: Instrument,
  q_rad: Float64Array,
  d: Derivatives,
  sample: number,
): SampleFigures {
  const q = jointsAt(q_rad, sample);
  const { axes, X_BF } = jointAxes(instrument.dh, q);
  jacobianAt(axes, transformPoint(X_BF, instrument.hair.frog_F_m), J);
  const { diagonal } = new SingularValueDecomposition(Matrix.from1DArray(6, 6, J), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  const tcpSpeedMps = handSpeedMps(instrument, q_rad, d, sample);
  return { tcpSpeedMps, sigma: Math.min(...diagonal), elbow_rad: Math.abs(q[2]) };
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
