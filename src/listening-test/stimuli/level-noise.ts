import { seededRandom } from "../../math/random.ts";
import { normaliseLoudness } from "../../sound/normalise-loudness.ts";

const OCTAVES = 12;
const LENGTH_S = 4;

/**
 * Noise to set the volume by, falling 3 dB an octave, as loud as the recordings of the study.
 *
 * @source Voss and McCartney: the sum of noises that change half as often each, one of them at a time
 */
export function levelNoise(sampleRateHz: number, integratedLufs: number): Float32Array {
  const random = seededRandom(1);
  const octaves = Float64Array.from({ length: OCTAVES }, () => random() - 0.5);
  let sum = octaves.reduce((a, b) => a + b, 0);
  const samples = new Float32Array(LENGTH_S * sampleRateHz);
  for (let i = 0; i < samples.length; i++) {
    // The place of the lowest set bit says which one changes.
    const octave = Math.min(OCTAVES - 1, 31 - Math.clz32((i + 1) & -(i + 1)));
    sum -= octaves[octave]!;
    octaves[octave] = random() - 0.5;
    sum += octaves[octave];
    samples[i] = sum / OCTAVES;
  }
  return normaliseLoudness(samples, sampleRateHz, { integratedLufs, maxTruePeakDbtp: -1 }).samples;
}
