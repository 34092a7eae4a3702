import { Fft } from "../../math/fft.ts";

export const FINE_SIZE = 8192;
const fft = new Fft(FINE_SIZE);

/**
 * Amplitudes of the lines of a stretch of sound, through a Hann window, `FINE_SIZE` lines to the sample rate.
 *
 * @param from, length in samples; length <= `FINE_SIZE`; what is outside the signal is silence
 */
export function fineSpectrum(samples: Float64Array, from: number, length: number): Float64Array {
  const [re, im] = [new Float64Array(FINE_SIZE), new Float64Array(FINE_SIZE)];
  for (let n = 0; n < length; n++)
    re[n] = (samples[from + n] ?? 0) * (1 - Math.cos((2 * Math.PI * n) / length));
  fft.forward(re, im);
  return re.subarray(0, FINE_SIZE / 2).map((r, k) => (2 * Math.hypot(r, im[k]!)) / length);
}
