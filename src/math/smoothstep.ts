/**
 * Minimum-jerk step: 0 → 1 with zero speed and acceleration at both ends.
 *
 *     s(x) = 10x³ − 15x⁴ + 6x⁵,   clamped outside [0, 1];   peak slope 15/8
 */
export function smoothstep(x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x * x * x * (10 + x * (-15 + 6 * x));
}

/** Integral of `smoothstep` from 0 to x; for x ≥ 1 it goes on with slope 1 from 1/2. */
export function smoothstepIntegral(x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 0.5 + (x - 1);
  return x * x * x * x * (2.5 + x * (-3 + x));
}

/** Largest slope of the slope of `smoothstep` [-]: peak acceleration of a minimum-jerk move ÷ (way ÷ time²). */
export const MINIMUM_JERK_PEAK = 10 / Math.sqrt(3);

/** Largest slope of `smoothstep` [-]: peak speed of a minimum-jerk move ÷ its mean. */
export const MINIMUM_JERK_SLOPE = 15 / 8;
