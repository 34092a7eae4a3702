import { normalQuantile } from "./special-functions.ts";

/** Answers to one question asked about two kinds of stimulus. */
export interface DetectionCounts {
  /** "human" said of human playing. */
  readonly hits: number;
  readonly signals: number;
  /** "human" said of anything else. */
  readonly falseAlarms: number;
  readonly noises: number;
}

export interface Sensitivity {
  /** d′: how far apart the two kinds are heard, in standard deviations. */
  readonly dPrime: number;
  /** c: below 0 leans to "human", above 0 to "robot". */
  readonly criterion: number;
}

/**
 * d′ and criterion with the log-linear correction: half an answer is added to each cell, so that no rate is 0 or 1.
 *
 *     H = (hits + 1/2) / (signals + 1),   F likewise;   d′ = z(H) − z(F),   c = −(z(H) + z(F)) / 2
 *
 * @source Hautus, Behavior Research Methods 27 (1995); Macmillan and Creelman, Detection Theory
 */
export function sensitivity(counts: DetectionCounts): Sensitivity {
  const zHit = normalQuantile((counts.hits + 0.5) / (counts.signals + 1));
  const zFalse = normalQuantile((counts.falseAlarms + 0.5) / (counts.noises + 1));
  return { dPrime: zHit - zFalse, criterion: -(zHit + zFalse) / 2 };
}

/** Counts of several listeners together. */
export const summed = (all: readonly DetectionCounts[]): DetectionCounts => ({
  hits: all.reduce((sum, c) => sum + c.hits, 0),
  signals: all.reduce((sum, c) => sum + c.signals, 0),
  falseAlarms: all.reduce((sum, c) => sum + c.falseAlarms, 0),
  noises: all.reduce((sum, c) => sum + c.noises, 0),
});

/** d′ of a pair task from the share of right answers, with the same correction: √2 · z(pc). */
export const pairDPrime = (correct: number, trials: number): number =>
  Math.SQRT2 * normalQuantile((correct + 0.5) / (trials + 1));
