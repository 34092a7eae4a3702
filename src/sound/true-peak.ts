import { kaiser } from "../math/kaiser.ts";

const PHASES = 4;
/** Samples to either side that an interpolated value is made from. */
const REACH = 16;
/** Kaiser window shape: about 80 dB of stop band. */
const KAISER_BETA = 8;

/** Weights of 2·REACH samples for the points 1/4, 2/4 and 3/4 of the way to the next sample. */
const WEIGHTS: readonly Float64Array[] = Array.from({ length: PHASES - 1 }, (_, i) =>
  weightsAt((i + 1) / PHASES),
);
/** No interpolated value is larger than this times the largest sample around it. */
const LARGEST_GAIN = Math.max(...WEIGHTS.map((w) => w.reduce((sum, x) => sum + Math.abs(x), 0)));

/**
 * Largest magnitude of the waveform between and at the samples, by fourfold interpolation.
 *
 * @param samples full scale = 1
 * @returns [dBTP]; −∞ for silence
 * @source ITU-R BS.1770-4 annex 2
 */
export function truePeakDbtp(samples: ArrayLike<number>): number {
  let peak = 0;
  for (let i = 0; i < samples.length; i++) peak = Math.max(peak, Math.abs(samples[i]!));
  const BLOCK = 64;
  for (let from = -REACH; from < samples.length; from += BLOCK)
    if (largestNear(samples, from, from + BLOCK) * LARGEST_GAIN > peak)
      peak = Math.max(peak, largestBetween(samples, from, from + BLOCK));
  return 20 * Math.log10(peak);
}

function largestNear(samples: ArrayLike<number>, from: number, to: number): number {
  let largest = 0;
  const end = Math.min(to + REACH, samples.length);
  for (let i = Math.max(0, from - REACH); i < end; i++) largest = Math.max(largest, Math.abs(samples[i]!));
  return largest;
}

function largestBetween(samples: ArrayLike<number>, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++)
    for (const weights of WEIGHTS) {
      let sum = 0;
      for (let k = 0; k < 2 * REACH; k++) sum += weights[k]! * (samples[i - REACH + 1 + k] ?? 0);
      largest = Math.max(largest, Math.abs(sum));
    }
  return largest;
}

/** Windowed sinc between sample REACH − 1 and sample REACH, scaled to pass a constant exactly. */
function weightsAt(fraction: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * REACH }, (_, k) => {
    const x = k - (REACH - 1) - fraction;
    const sinc = Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * kaiser(x / REACH, KAISER_BETA);
  });
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}
