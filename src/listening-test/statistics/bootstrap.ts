import { seededRandom } from "../../math/random.ts";
import type { Estimate } from "./interval.ts";

export interface BootstrapSettings {
  readonly resamples: number;
  readonly seed: number;
  readonly confidence: number;
}

export const DEFAULT_BOOTSTRAP: BootstrapSettings = { resamples: 2000, seed: 1, confidence: 0.95 };

/**
 * Percentile interval of any figure, by drawing whole participants with replacement: answers of one person hang
 * together, so single answers must not be drawn.
 *
 * @param participants what each contributed; order does not matter to the figure
 * @param figure of one sample; draws where it is not a number are left out
 * @source Efron and Tibshirani, An Introduction to the Bootstrap, 13.3; Field and Welsh (2007) on clusters
 */
export function participantBootstrap<T>(
  participants: readonly T[],
  figure: (sample: readonly T[]) => number,
  settings: BootstrapSettings = DEFAULT_BOOTSTRAP,
): Estimate {
  const random = seededRandom(settings.seed);
  const draws: number[] = [];
  for (let b = 0; b < settings.resamples; b++) {
    const value = figure(participants.map(() => participants[Math.floor(random() * participants.length)]!));
    if (Number.isFinite(value)) draws.push(value);
  }
  draws.sort((a, b) => a - b);
  const tail = (1 - settings.confidence) / 2;
  return {
    value: figure(participants),
    interval: {
      low: sampleQuantile(draws, tail),
      high: sampleQuantile(draws, 1 - tail),
      confidence: settings.confidence,
    },
  };
}

/** Quantile of sorted values, linear between order statistics; NaN for none. @source Hyndman and Fan (1996), type 7 */
export function sampleQuantile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0) return NaN;
  const at = p * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below + (above - below) * (at - Math.floor(at));
}
