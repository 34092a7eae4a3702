import { binomialRange } from "./binomial.ts";
import type { MeanEstimate } from "./mean-estimate.ts";
import { studentCdf } from "./special-functions.ts";

/** Two one-sided tests: is the truth inside the margin? */
export interface Equivalence {
  readonly lowMargin: number;
  readonly highMargin: number;
  /** Of "the truth is at or below the low margin", and of "at or above the high one". */
  readonly pAboveLow: number;
  readonly pBelowHigh: number;
  /** The larger of the two: equivalence is shown when it is at most the level. */
  readonly p: number;
}

/**
 * Exact equivalence test of a proportion with independent trials.
 *
 * @param margin half-width around `around`, as 0.1 for 40 to 60 percent
 * @source Schuirmann (1987) with exact binomial tails
 */
export function exactEquivalence(k: number, n: number, margin: number, around = 0.5): Equivalence {
  const [lowMargin, highMargin] = [around - margin, around + margin];
  const pAboveLow = binomialRange(k, n, n, lowMargin);
  const pBelowHigh = binomialRange(0, k, n, highMargin);
  return { lowMargin, highMargin, pAboveLow, pBelowHigh, p: Math.max(pAboveLow, pBelowHigh) };
}

/** The same for a mean over participants, by t: holds also where the answers of a person hang together. */
export function meanEquivalence(mean: MeanEstimate, margin: number, around: number): Equivalence {
  const [lowMargin, highMargin] = [around - margin, around + margin];
  const df = mean.n - 1;
  const pAboveLow = 1 - studentCdf((mean.value - lowMargin) / mean.standardError, df);
  const pBelowHigh = studentCdf((mean.value - highMargin) / mean.standardError, df);
  return { lowMargin, highMargin, pAboveLow, pBelowHigh, p: Math.max(pAboveLow, pBelowHigh) };
}
