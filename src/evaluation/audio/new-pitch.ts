import { Fft } from "../../math/fft.ts";
import type { Decimated } from "../../sound/decimate.ts";
import { hzOfMidi } from "./written-note.ts";

const SIZE = 8192;
/** At most so much of a note is looked at [s], and of what sounded before it, up to so long before its onset [s]. */
const LOOK_S = 0.35;
const BEFORE_S = 0.03;
const LOWEST_MIDI = 36;
const HIGHEST_MIDI = 82;
/** Partials that speak for a pitch, each with this share of the weight of the one before. @assumed */
const PARTIALS = 8;
const WEIGHT = 0.85;
/** A partial may lie so far from its place [cents]; pitches are tried every quarter tone, then refined. */
const LOOSE_CENTS = 30;

/**
 * The pitch that a note adds to what already sounds: for where open strings ring on so loudly that the sound as a whole
 * repeats no more. Looks at every pitch from C2 to A#5; the score has no say.
 *
 * Each pitch is judged by how much its partials have grown since before the onset.
 *
 * @returns [Hz]; NaN where nothing has grown
 */
export function newPitchHz({ samples, sampleRateHz }: Decimated, onsetS: number, offsetS: number): number {
  const lengthS = Math.min(LOOK_S, 0.6 * (offsetS - onsetS));
  const length = Math.round(lengthS * sampleRateHz);
  const from = Math.round((onsetS + 0.3 * (offsetS - onsetS)) * sampleRateHz);
  const during = spectrum(samples, from, length);
  const before = spectrum(samples, Math.round((onsetS - BEFORE_S) * sampleRateHz) - length, length);
  const grown = during.map((a, k) => Math.max(0, a - before[k]!));
  const hzPerLine = sampleRateHz / SIZE;
  let [best, bestHz] = [0, NaN];
  for (let midi = LOWEST_MIDI - 0.5; midi <= HIGHEST_MIDI; midi += 0.5) {
    const found = salience(grown, hzOfMidi(midi) / hzPerLine, LOOSE_CENTS);
    if (found > best) [best, bestHz] = [found, hzOfMidi(midi)];
  }
  return refined(during, bestHz, hzPerLine);
}

function spectrum(samples: Float64Array, from: number, length: number): Float64Array {
  const [re, im] = [new Float64Array(SIZE), new Float64Array(SIZE)];
  for (let n = 0; n < length; n++)
    re[n] = (samples[from + n] ?? 0) * (1 - Math.cos((2 * Math.PI * n) / length));
  new Fft(SIZE).forward(re, im);
  return re.subarray(0, SIZE / 2).map((r, k) => (2 * Math.hypot(r, im[k]!)) / length);
}

function salience(lines: Float64Array, first: number, cents: number): number {
  const loose = 2 ** (cents / 1200);
  let sum = 0;
  for (let h = 1, weight = 1; h <= PARTIALS; h++, weight *= WEIGHT) {
    const [low, high] = [Math.round((h * first) / loose), Math.round(h * first * loose)];
    let most = 0;
    for (let k = low; k <= high && k < lines.length; k++) most = Math.max(most, lines[k]!);
    sum += weight * Math.sqrt(most); // so that no single partial decides
  }
  return sum;
}

/** Where, near a pitch, its partials together are strongest. */
function refined(lines: Float64Array, hz: number, hzPerLine: number): number {
  let [best, at] = [-1, hz];
  for (let cents = -50; cents <= 50; cents += 2) {
    const near = hz * 2 ** (cents / 1200);
    let sum = 0;
    for (let h = 1, weight = 1; h <= PARTIALS; h++, weight *= WEIGHT) {
      const x = (h * near) / hzPerLine;
      const k = Math.floor(x);
      sum += weight * ((1 - (x - k)) * (lines[k] ?? 0) + (x - k) * (lines[k + 1] ?? 0));
    }
    if (sum > best) [best, at] = [sum, near];
  }
  return at;
}
