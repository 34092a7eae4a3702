import { kaiser } from "../math/kaiser.ts";

/** Kaiser window shape: about 80 dB of stop band. */
const KAISER_BETA = 8;
/** Samples of the result to either side that a value is made from. */
const REACH = 12;

/** A signal at a lower rate. */
export interface Decimated {
  readonly samples: Float64Array;
  readonly sampleRateHz: number;
}

/**
 * Keeps every k-th sample of a signal, after a low-pass that is flat to 0.8 of the new half rate.
 *
 * @param leastHz the result has the lowest rate, by a whole factor, that is not below this
 */
export function decimated(samples: ArrayLike<number>, sampleRateHz: number, leastHz: number): Decimated {
  const factor = Math.max(1, Math.floor(sampleRateHz / leastHz));
  if (factor === 1) return { samples: Float64Array.from(samples), sampleRateHz };
  const weights = lowPass(factor);
  const reach = (weights.length - 1) / 2;
  const out = new Float64Array(Math.floor(samples.length / factor));
  for (let i = 0; i < out.length; i++) {
    const middle = i * factor;
    const from = Math.max(0, middle - reach);
    const to = Math.min(samples.length - 1, middle + reach);
    let sum = 0;
    for (let n = from; n <= to; n++) sum += weights[n - middle + reach]! * samples[n]!;
    out[i] = sum;
  }
  return { samples: out, sampleRateHz: sampleRateHz / factor };
}

/** Cut in the middle of the band between 0.8 and 1 of the new half rate; passes a constant as it is. */
function lowPass(factor: number): Float64Array {
  const reach = REACH * factor;
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const x = (0.9 * (i - reach)) / factor;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * kaiser((i - reach) / reach, KAISER_BETA);
  });
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}
