import { Fft } from "../../math/fft.ts";
import type { Decimated } from "../../sound/decimate.ts";

/** The sound's spectrum at every frame of a pitch track, in decibels. */
export interface ShortSpectra {
  readonly hopS: number;
  readonly frames: number;
  readonly lines: number;
  readonly hzPerLine: number;
  /** [frames × lines] level of each line, at least `FLOOR_DB` below the loudest line of the take [dB]. */
  readonly levelDb: Float32Array;
}

/** Long enough to part the partials of two notes, short enough to tell when they change [s]. */
const WINDOW_S = 0.064;
/** Above this there is little of a cello that is not also below [Hz]. */
const HIGHEST_HZ = 4000;
/** What is farther below the loudest line of the take is the same as nothing [dB]. @assumed */
const FLOOR_DB = -60;

/** Two frames go through one transform: one as the real, one as the imaginary part. */
export function shortSpectra({ samples, sampleRateHz }: Decimated, hopS: number): ShortSpectra {
  const size = 2 ** Math.round(Math.log2(WINDOW_S * sampleRateHz));
  const lines = Math.min(size / 2, Math.round((HIGHEST_HZ * size) / sampleRateHz));
  const frames = Math.max(0, Math.floor(samples.length / sampleRateHz / hopS) + 1);
  const window = Float64Array.from({ length: size }, (_, n) => 1 - Math.cos((2 * Math.PI * n) / size));
  const fft = new Fft(size);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  const levelDb = new Float32Array(frames * lines);
  for (let f = 0; f < frames; f += 2) {
    const [first, second] = [f, f + 1].map((frame) => Math.round(frame * hopS * sampleRateHz) - size / 2);
    for (let n = 0; n < size; n++) {
      re[n] = window[n]! * (samples[first! + n] ?? 0);
      im[n] = window[n]! * (samples[second! + n] ?? 0);
    }
    fft.forward(re, im);
    for (let k = 1; k < lines; k++) {
      const [ar, ai, br, bi] = [re[k]!, im[k]!, re[size - k]!, im[size - k]!];
      levelDb[f * lines + k] = (ar + br) ** 2 + (ai - bi) ** 2;
      if (f + 1 < frames) levelDb[(f + 1) * lines + k] = (ai + bi) ** 2 + (ar - br) ** 2;
    }
  }
  let most = 0;
  for (const power of levelDb) most = Math.max(most, power);
  const floor = most * 10 ** (FLOOR_DB / 10) + 1e-30;
  for (let i = 0; i < levelDb.length; i++) levelDb[i] = 10 * Math.log10(levelDb[i]! + floor);
  return { hopS, frames, lines, hzPerLine: sampleRateHz / size, levelDb };
}
