import { NOMINAL_UR5E } from "../kinematics/dh.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";

const [, , , D4, , D6] = NOMINAL_UR5E.d_m;
/** Wrist so far beyond its nearest way past the base axis counts as far away [m]. @assumed half a link */
const SHOULDER_M = 0.2;

/**
 * How far the arm is from its nearest singular pose, 0 (singular) to 1 (far): elbow straight, wrist straight, or wrist
 * over the base axis, whichever is nearest.
 *
 *     min( |sin q3|, |sin q5|, (ρ − d4)/0.2 m ),   ρ = distance of the wrist's centre from the base axis
 *
 * Nominal lengths: a price for planning, not a proof. The path's smallest singular value is checked apart.
 *
 * @source the determinant of the UR Jacobian is a product of these three factors
 */
export function awayFromSingular(q: Joints, { p_m, R }: Pose<"B", "F">): number {
  const rho = Math.hypot(p_m[0] - D6 * R[2], p_m[1] - D6 * R[5]);
  const shoulder = Math.max(0, (rho - D4) / SHOULDER_M);
  return Math.max(1e-3, Math.min(1, Math.abs(Math.sin(q[2])), Math.abs(Math.sin(q[4])), shoulder));
}
