import type { Interval } from "./interval.ts";
import { betaQuantile, normalQuantile } from "./special-functions.ts";

/**
 * Wilson's score interval of a proportion.
 *
 * @source Wilson, JASA 22 (1927); without continuity correction
 */
export function wilsonInterval(k: number, n: number, confidence = 0.95): Interval {
  const z = normalQuantile(0.5 + confidence / 2);
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half), confidence };
}

/**
 * The interval of Clopper and Pearson: never covers less than stated.
 *
 * @source Clopper and Pearson, Biometrika 26 (1934)
 */
export function clopperPearsonInterval(k: number, n: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return {
    low: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
    confidence,
  };
}
