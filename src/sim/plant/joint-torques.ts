import type { HairMotion } from "../../instrument/hair/hair-motion.ts";
import { cross, dot, sub, type Vec3 } from "../../math/vec.ts";

/**
 * Joint torques of a force and torque at the TCP: τ_i = z_i · (M + (p − o_i) × F).
 *
 * @param into six values, overwritten [Nm]
 */
export function jointTorquesOf(
  motion: HairMotion,
  force_B_N: Vec3,
  torque_B_Nm: Vec3,
  into: Float64Array,
): void {
  for (let i = 0; i < 6; i++) {
    const { p_m, axis } = motion.axes[i]!;
    into[i] = dot(axis, torque_B_Nm) + dot(axis, cross(sub(motion.tcp_B_m, p_m), force_B_N));
  }
}
