import { Fft } from "../../math/fft.ts";
import { decimated } from "../../sound/decimate.ts";

/** Lowest and highest band, MIDI numbers: C2 (open C string) to C8. */
export const LOWEST_BAND = 36;
export const HIGHEST_BAND = 96;
export const BANDS = HIGHEST_BAND - LOWEST_BAND + 1;

/** How loud each semitone is at evenly spaced moments. */
export interface SemitoneSpectrum {
  /** Time from one frame to the next; frame 0 is centred on 0 s [s]. */
  readonly hopS: number;
  readonly frames: number;
  /** [frames × BANDS] amplitude of the sound in each semitone [full scale]. */
  readonly amplitude: Float32Array;
}

const ANALYSIS_RATE_HZ = 8000;
/** Long enough to part two semitones from the second octave on [s]. */
const WINDOW_S = 0.2;

/** @param hopS time from frame to frame */
export function semitoneSpectrum(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  hopS: number,
): SemitoneSpectrum {
  const slow = decimated(samples, sampleRateHz, ANALYSIS_RATE_HZ);
  const size = 2 ** Math.ceil(Math.log2(WINDOW_S * slow.sampleRateHz));
  const fft = new Fft(size);
  const window = Float64Array.from({ length: size }, (_, n) => 1 - Math.cos((2 * Math.PI * n) / size));
  const bandOf = bandsOf(size, slow.sampleRateHz);
  const frames = Math.max(0, Math.floor(slow.samples.length / slow.sampleRateHz / hopS) + 1);
  const amplitude = new Float32Array(frames * BANDS);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  for (let f = 0; f < frames; f++) {
    const from = Math.round(f * hopS * slow.sampleRateHz) - size / 2;
    for (let n = 0; n < size; n++) re[n] = window[n]! * (slow.samples[from + n] ?? 0);
    im.fill(0);
    fft.forward(re, im);
    for (let k = 1; k < size / 2; k++) {
      const band = bandOf[k]!;
      if (band < 0) continue;
      const at = f * BANDS + band;
      amplitude[at] = Math.max(amplitude[at]!, (2 * Math.hypot(re[k]!, im[k]!)) / size);
    }
  }
  return { hopS, frames, amplitude };
}

/** Band of each line of the transform; −1 = none. Where lines lie wider than bands, a band has none of its own. */
function bandsOf(size: number, sampleRateHz: number): Int32Array {
  return Int32Array.from({ length: size / 2 }, (_, k) => {
    const band = Math.round(69 + 12 * Math.log2((k * sampleRateHz) / size / 440)) - LOWEST_BAND;
    return k > 0 && band >= 0 && band < BANDS ? band : -1;
  });
}
