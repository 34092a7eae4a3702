import type { Pose } from "../math/pose.ts";
import type { Vec3 } from "../math/vec.ts";
import type { DhParameters } from "./dh.ts";

/** Where one joint turns: a point on its axis and the axis, in the base frame. */
export interface JointAxis {
  readonly p_m: Vec3;
  readonly axis: Vec3;
}

/** A frame in `frames`: rotation row-major, then origin. */
const FRAME = 12;
const FLANGE = 6 * FRAME;
/** Frames in front of each joint, and the flange: scratch of one call, so that planning makes no garbage here. */
const frames = new Float64Array(7 * FRAME);
frames.set([1, 0, 0, 0, 1, 0, 0, 0, 1]);

/** Pose of the flange in the base, X_BF. */
export function forwardKinematics(dh: DhParameters, q_rad: ArrayLike<number>): Pose<"B", "F"> {
  chain(dh, q_rad);
  return flange();
}

/** The six joint axes in the base frame, and the flange. */
export function jointAxes(
  dh: DhParameters,
  q_rad: ArrayLike<number>,
): { axes: readonly JointAxis[]; X_BF: Pose<"B", "F"> } {
  chain(dh, q_rad);
  const axes: JointAxis[] = [];
  for (let f = 0; f < FLANGE; f += FRAME)
    axes.push({
      p_m: [frames[f + 9]!, frames[f + 10]!, frames[f + 11]!],
      axis: [frames[f + 2]!, frames[f + 5]!, frames[f + 8]!],
    });
  return { axes, X_BF: flange() };
}

function flange(): Pose<"B", "F"> {
  const o = FLANGE;
  return {
    from: "B",
    to: "F",
    p_m: [frames[o + 9]!, frames[o + 10]!, frames[o + 11]!],
    // prettier-ignore
    R: [
      frames[o]!, frames[o + 1]!, frames[o + 2]!,
      frames[o + 3]!, frames[o + 4]!, frames[o + 5]!,
      frames[o + 6]!, frames[o + 7]!, frames[o + 8]!,
    ],
  };
}

/** Cosine and sine of the twists of the arm asked about last: an arm's never change. */
const twists = {
  of: undefined as DhParameters | undefined,
  cos: new Float64Array(6),
  sin: new Float64Array(6),
};

function rememberTwists(dh: DhParameters): void {
  twists.of = dh;
  for (let i = 0; i < 6; i++) {
    twists.cos[i] = Math.cos(dh.alpha_rad[i]!);
    twists.sin[i] = Math.sin(dh.alpha_rad[i]!);
  }
}

/** Multiplies T_1 … T_6 into `frames`. */
function chain(dh: DhParameters, q_rad: ArrayLike<number>): void {
  if (twists.of !== dh) rememberTwists(dh);
  for (let i = 0; i < 6; i++) {
    const theta = q_rad[i]! + dh.thetaOffset_rad[i]!;
    const ct = Math.cos(theta);
    const st = Math.sin(theta);
    const ca = twists.cos[i]!;
    const sa = twists.sin[i]!;
    const a = dh.a_m[i]!;
    const d = dh.d_m[i]!;
    for (let row = 0; row < 3; row++) {
      const at = i * FRAME + 3 * row;
      const x = frames[at]!;
      const y = frames[at + 1]!;
      const z = frames[at + 2]!;
      // Of R·Rz(theta): e = cos·x + sin·y, f = cos·y − sin·x, z unchanged.
      const e = ct * x + st * y;
      const f = ct * y - st * x;
      frames[at + FRAME] = e;
      frames[at + FRAME + 1] = ca * f + sa * z;
      frames[at + FRAME + 2] = ca * z - sa * f;
      const p = i * FRAME + 9 + row;
      frames[p + FRAME] = frames[p]! + a * e + d * z;
    }
  }
}

/**
 * The flange and its Jacobian, without garbage: for Newton's method, which asks for both ten thousand times.
 *
 * @param J receives `jacobianAt` of the flange [6 × 6]
 * @param X receives the flange's rotation, row-major, then its origin [12]
 */
export function writeFlangeAndJacobian(
  dh: DhParameters,
  q_rad: ArrayLike<number>,
  J: Float64Array,
  X: Float64Array,
): void {
  chain(dh, q_rad);
  for (let k = 0; k < FRAME; k++) X[k] = frames[FLANGE + k]!;
  const px = frames[FLANGE + 9]!;
  const py = frames[FLANGE + 10]!;
  const pz = frames[FLANGE + 11]!;
  for (let i = 0; i < 6; i++) {
    const f = i * FRAME;
    const zx = frames[f + 2]!;
    const zy = frames[f + 5]!;
    const zz = frames[f + 8]!;
    const x = px - frames[f + 9]!;
    const y = py - frames[f + 10]!;
    const w = pz - frames[f + 11]!;
    J[i] = zy * w - zz * y;
    J[6 + i] = zz * x - zx * w;
    J[12 + i] = zx * y - zy * x;
    J[18 + i] = zx;
    J[24 + i] = zy;
    J[30 + i] = zz;
  }
}

/**
 * Geometric Jacobian of a point fixed to the flange link: rows vx vy vz wx wy wz, expressed in the base.
 *
 *     J_i = [ z_i × (p − o_i) ; z_i ]
 *
 * @param p_B_m the point, in the base frame [m]
 * @param J what is written into; absent = a new one
 * @returns `J` [6 × 6] row-major [m or -]
 */
export function jacobianAt(
  axes: readonly JointAxis[],
  p_B_m: Vec3,
  J: Float64Array = new Float64Array(36),
): Float64Array {
  for (let i = 0; i < 6; i++) {
    const { p_m: o, axis: z } = axes[i]!;
    const x = p_B_m[0] - o[0];
    const y = p_B_m[1] - o[1];
    const w = p_B_m[2] - o[2];
    J[i] = z[1] * w - z[2] * y;
    J[6 + i] = z[2] * x - z[0] * w;
    J[12 + i] = z[0] * y - z[1] * x;
    J[18 + i] = z[0];
    J[24 + i] = z[1];
    J[30 + i] = z[2];
  }
  return J;
}
