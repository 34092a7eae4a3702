import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { lowerBound } from "./score-clock.ts";

/**
 * Joints of a trajectory at a path time, held at both ends: the quintic through two knots as a Bézier curve.
 *
 *     p₀ = q₀,  p₁ = q₀ + q̇₀T/5,  p₂ = q₀ + 2q̇₀T/5 + q̈₀T²/20,  and mirrored from the other end
 *     q(u) = Σ binom(5, i) uⁱ (1 − u)⁵⁻ⁱ pᵢ,   u = share of the way from knot to knot
 *
 * @returns joint `joint` [rad]
 */
export function pathJoint_rad(trajectory: JointTrajectory, pathS: number, joint: number): number {
  const { timeS, q_rad, qd_radps, qdd_radps2 } = trajectory;
  const b = Math.min(Math.max(1, lowerBound(timeS, pathS)), timeS.length - 1);
  const T = timeS[b]! - timeS[b - 1]!;
  const u = Math.min(1, Math.max(0, (pathS - timeS[b - 1]!) / T));
  const w = 1 - u;
  const [from, to] = [6 * (b - 1) + joint, 6 * b + joint];
  const [q0, q1] = [q_rad[from]!, q_rad[to]!];
  const [v0, v1] = [(qd_radps[from]! * T) / 5, (qd_radps[to]! * T) / 5];
  const [a0, a1] = [(qdd_radps2[from]! * T * T) / 20, (qdd_radps2[to]! * T * T) / 20];
  return (
    w ** 5 * q0 +
    5 * u * w ** 4 * (q0 + v0) +
    10 * u ** 2 * w ** 3 * (q0 + 2 * v0 + a0) +
    10 * u ** 3 * w ** 2 * (q1 - 2 * v1 + a1) +
    5 * u ** 4 * w * (q1 - v1) +
    u ** 5 * q1
  );
}
