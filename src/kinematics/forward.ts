import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import type { Mat3 } from "../math/rotation.ts";
import type { Vec3 } from "../math/vec.ts";
import type { DhParameters } from "./dh.ts";

/** Where one joint turns: a point on its axis and the axis, in the base frame. */
export interface JointAxis {
  readonly p_m: Vec3;
  readonly axis: Vec3;
}

/** Pose of the flange in the base, X_BF. */
export function forwardKinematics(dh: DhParameters, q_rad: Joints): Pose<"B", "F"> {
  const { p_m, R } = chain(dh, q_rad, () => undefined);
  return { from: "B", to: "F", p_m, R };
}

/** The six joint axes in the base frame, and the flange. */
export function jointAxes(
  dh: DhParameters,
  q_rad: Joints,
): { axes: readonly JointAxis[]; X_BF: Pose<"B", "F"> } {
  const axes: JointAxis[] = [];
  const { p_m, R } = chain(dh, q_rad, (p_m, R) => axes.push({ p_m, axis: [R[2], R[5], R[8]] }));
  return { axes, X_BF: { from: "B", to: "F", p_m, R } };
}

/** Multiplies T_1 … T_6; `visit` sees the frame in front of each joint. */
function chain(dh: DhParameters, q_rad: Joints, visit: (p_m: Vec3, R: Mat3) => void): { p_m: Vec3; R: Mat3 } {
  let p: Vec3 = [0, 0, 0];
  let R: Mat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  for (let i = 0; i < 6; i++) {
    visit(p, R);
    const theta = q_rad[i]! + dh.thetaOffset_rad[i]!;
    const [ct, st] = [Math.cos(theta), Math.sin(theta)];
    const [ca, sa] = [Math.cos(dh.alpha_rad[i]!), Math.sin(dh.alpha_rad[i]!)];
    const [a, d] = [dh.a_m[i]!, dh.d_m[i]!];
    const [x0, y0, z0, x1, y1, z1, x2, y2, z2] = R;
    // Columns of R·Rz(theta): e = cos·x + sin·y, f = cos·y − sin·x, z unchanged.
    const [e0, e1, e2] = [ct * x0 + st * y0, ct * x1 + st * y1, ct * x2 + st * y2];
    const [f0, f1, f2] = [ct * y0 - st * x0, ct * y1 - st * x1, ct * y2 - st * x2];
    p = [p[0] + a * e0 + d * z0, p[1] + a * e1 + d * z1, p[2] + a * e2 + d * z2];
    // prettier-ignore
    R = [
      e0, ca * f0 + sa * z0, ca * z0 - sa * f0,
      e1, ca * f1 + sa * z1, ca * z1 - sa * f1,
      e2, ca * f2 + sa * z2, ca * z2 - sa * f2,
    ];
  }
  return { p_m: p, R };
}

/**
 * Geometric Jacobian of a point fixed to the flange link: rows vx vy vz wx wy wz, expressed in the base.
 *
 *     J_i = [ z_i × (p − o_i) ; z_i ]
 *
 * @param p_B_m the point, in the base frame [m]
 * @returns [6 × 6] row-major [m or -]
 */
export function jacobianAt(axes: readonly JointAxis[], p_B_m: Vec3): Float64Array {
  const J = new Float64Array(36);
  for (let i = 0; i < 6; i++) {
    const { p_m: o, axis: z } = axes[i]!;
    const [x, y, w] = [p_B_m[0] - o[0], p_B_m[1] - o[1], p_B_m[2] - o[2]];
    J[i] = z[1] * w - z[2] * y;
    J[6 + i] = z[2] * x - z[0] * w;
    J[12 + i] = z[0] * y - z[1] * x;
    J[18 + i] = z[0];
    J[24 + i] = z[1];
    J[30 + i] = z[2];
  }
  return J;
}
