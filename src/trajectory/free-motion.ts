import type { Joints } from "../math/joints.ts";
import { smoothstep } from "../math/smoothstep.ts";
import type { MotionLimits } from "./joint-trajectory.ts";

/** Steepest slope and curvature of the minimum-jerk step. */
const PEAK_SPEED = 15 / 8;
const PEAK_ACCELERATION = 10 / Math.sqrt(3);

/**
 * Samples of a straight joint motion from rest to rest, all joints together, slow enough for `share` of the limits.
 *
 * @param share of speed and acceleration limits, in (0, 1]
 * @returns [n × 6] including both ends; one row when the two poses are the same
 */
export function freeMotion(
  from: Joints,
  to: Joints,
  settings: { readonly limits: MotionLimits; readonly share: number; readonly sampleS: number },
): Float64Array {
  const { limits, share, sampleS } = settings;
  const durations = from.map((q, j) => {
    const way = Math.abs(to[j]! - q);
    return Math.max(
      (PEAK_SPEED * way) / (share * limits.jointSpeed_radps[j]!),
      Math.sqrt((PEAK_ACCELERATION * way) / (share * limits.jointAcceleration_radps2[j]!)),
    );
  });
  const steps = Math.ceil(Math.max(...durations) / sampleS);
  const q_rad = new Float64Array((steps + 1) * 6);
  for (let i = 0; i <= steps; i++) {
    const s = steps === 0 ? 1 : smoothstep(i / steps);
    for (let j = 0; j < 6; j++) q_rad[i * 6 + j] = from[j]! + (to[j]! - from[j]!) * s;
  }
  return q_rad;
}
