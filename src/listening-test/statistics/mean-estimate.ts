import type { Interval } from "./interval.ts";
import { studentCdf, studentQuantile } from "./special-functions.ts";

/** The mean of one number per participant. */
export interface MeanEstimate {
  readonly value: number;
  readonly standardError: number;
  readonly n: number;
  readonly interval: Interval;
}

/** Mean with Student's interval; one number per participant keeps the answers of a person together. */
export function meanEstimate(values: readonly number[], confidence = 0.95): MeanEstimate {
  const n = values.length;
  const value = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (n - 1);
  const standardError = Math.sqrt(variance / n);
  const half = n < 2 ? NaN : studentQuantile(0.5 + confidence / 2, n - 1) * standardError;
  return { value, standardError, n, interval: { low: value - half, high: value + half, confidence } };
}

/** Two-sided p-value of "the mean is `mu`" (one-sample t). NaN where it cannot be judged. */
export function meanTest(mean: MeanEstimate, mu: number): number {
  if (mean.n < 2 || mean.standardError === 0) return NaN;
  return 2 * studentCdf(-Math.abs(mean.value - mu) / mean.standardError, mean.n - 1);
}
