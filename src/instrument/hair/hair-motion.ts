import type { HairLine } from "../instrument.ts";
import type { DhParameters } from "../../kinematics/dh.ts";
import { jointAxes, type JointAxis } from "../../kinematics/forward.ts";
import type { Joints } from "../../math/joints.ts";
import { transformPoint } from "../../math/pose.ts";
import { rotate } from "../../math/rotation.ts";
import { addScaled, cross, sub, type Vec3 } from "../../math/vec.ts";

/** Where the hair is and how it moves, base frame, and the joints that carry it. */
export interface HairMotion {
  /** Hair at the frog [m]. */
  readonly frog_B_m: Vec3;
  /** Unit, frog to tip. */
  readonly axis_B: Vec3;
  /** Velocity of the hair at the frog [m/s]. */
  readonly frogVelocity_B_mps: Vec3;
  /** Angular velocity of the flange [rad/s]. */
  readonly spin_B_radps: Vec3;
  /** [m] */
  readonly tcp_B_m: Vec3;
  readonly axes: readonly JointAxis[];
}

/** Hair line and TCP carried by the arm at `q_rad`, moving at `qd_radps`. */
export function hairMotion(
  body: { readonly dh: DhParameters; readonly hair: HairLine; readonly tcp_F_m: Vec3 },
  q_rad: Joints,
  qd_radps: Joints,
): HairMotion {
  const { axes, X_BF } = jointAxes(body.dh, q_rad);
  const frog_B_m = transformPoint(X_BF, body.hair.frog_F_m);
  let frogVelocity_B_mps: Vec3 = [0, 0, 0];
  let spin_B_radps: Vec3 = [0, 0, 0];
  axes.forEach(({ p_m, axis }, i) => {
    frogVelocity_B_mps = addScaled(frogVelocity_B_mps, cross(axis, sub(frog_B_m, p_m)), qd_radps[i]!);
    spin_B_radps = addScaled(spin_B_radps, axis, qd_radps[i]!);
  });
  const axis_B = rotate(X_BF.R, body.hair.axis_F);
  return {
    frog_B_m,
    axis_B,
    frogVelocity_B_mps,
    spin_B_radps,
    tcp_B_m: transformPoint(X_BF, body.tcp_F_m),
    axes,
  };
}
