import { filtered, highPass, type Biquad } from "./biquad.ts";

/**
 * The two filters of K-weighting at any sample rate: a shelf for the head, then a high-pass.
 *
 * @source ITU-R BS.1770-4 annex 1; its tables are for 48 kHz only, so both are derived here by the bilinear transform
 *   from the analogue prototypes that reproduce the tables (parameters as in libebur128)
 */
export function kWeightingFilters(sampleRateHz: number): readonly [Biquad, Biquad] {
  // Its numerator is left at 1, −2, 1, as the standard's table has it.
  const below = highPass(38.13547087602444, 0.5003270373238773, sampleRateHz);
  return [headShelf(sampleRateHz), { ...below, b0: 1, b1: -2, b2: 1 }];
}

/** The signal as BS.1770 weighs it. */
export function kWeighted(signal: ArrayLike<number>, sampleRateHz: number): Float64Array {
  const [shelf, highpass] = kWeightingFilters(sampleRateHz);
  return filtered(filtered(signal, shelf), highpass);
}

function headShelf(sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRateHz);
  const q = 0.7071752369554196;
  const vh = 10 ** (3.999843853973347 / 20);
  const vb = vh ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b0: (vh + (vb * k) / q + k * k) / a0,
    b1: (2 * (k * k - vh)) / a0,
    b2: (vh - (vb * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  };
}
