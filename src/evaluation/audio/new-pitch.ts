import { smoothstep } from "../../math/smoothstep.ts";
import type { Decimated } from "../../sound/decimate.ts";
import { FINE_SIZE, fineSpectrum } from "./fine-spectrum.ts";
import type { ShortSpectra } from "./short-spectra.ts";
import { hzOfMidi } from "./written-note.ts";

/** At most so much of a note is looked at [s]. */
const LOOK_S = 0.35;
/** What sounded before is taken from up to so long before the onset [s]. */
const BEFORE_S = 0.03;
/** What rings through is what each line falls to between these moments around the onset [s]. @assumed */
const VALLEY_S = { before: 0.15, after: 0.03 };
/** A line that is this little over its valley rang before; one this much over it is the note's [dB]. @assumed */
const RANG_DB = 2;
const OWN_DB = 8;
const LOWEST_MIDI = 36;
const HIGHEST_MIDI = 82;
/** Partials up to here speak for a pitch, at most so many [Hz], [-]. @assumed */
const HIGHEST_PARTIAL_HZ = 2500;
const PARTIALS = 20;
/** The surroundings of a partial [Hz]. */
const NOISE_HZ = 60;
/** Pitches are tried at this distance [semitones], a partial may lie so far from its place (15 cents); then refined. */
const STEP = 0.25;
/** By so many partials, each with this share of the weight of the one before. */
const REFINED_BY = 8;
const WEIGHT = 0.85;
const LOOSE = 2 ** (15 / 1200);

/**
 * The pitch that a note adds to what already sounds: for where open strings ring on so loudly that the sound as a whole
 * repeats no more. Looks at every pitch from C2 to A#5; the score has no say.
 *
 * Each pitch is judged by how much its partials have grown since before the onset, or by how far they have risen out of
 * the valley at the onset: a bow that changes leaves one, also on a note that is repeated. Strings that ring on do neither.
 *
 * @returns [Hz]; NaN where nothing has risen
 */
export function newPitchHz(
  { samples, sampleRateHz }: Decimated,
  spectra: ShortSpectra,
  onsetS: number,
  offsetS: number,
): number {
  const lengthS = Math.min(LOOK_S, 0.6 * (offsetS - onsetS));
  const fromS = onsetS + 0.3 * (offsetS - onsetS);
  const length = Math.round(lengthS * sampleRateHz);
  const during = fineSpectrum(samples, Math.round(fromS * sampleRateHz), length);
  const before = fineSpectrum(samples, Math.round((onsetS - BEFORE_S) * sampleRateHz) - length, length);
  const hzPerLine = sampleRateHz / FINE_SIZE;
  const own = ownShares(spectra, onsetS, { fromS, toS: fromS + lengthS });
  const risen = overNoise(
    during.map((a, k) => Math.max(a - before[k]!, a * between(own, (k * hzPerLine) / spectra.hzPerLine))),
    Math.round(NOISE_HZ / hzPerLine),
  );
  let [best, bestHz] = [0, NaN];
  for (let midi = LOWEST_MIDI - 0.5; midi <= HIGHEST_MIDI; midi += STEP) {
    const found = salience(risen, hzOfMidi(midi) / hzPerLine, HIGHEST_PARTIAL_HZ / hzPerLine);
    if (found > best) [best, bestHz] = [found, hzOfMidi(midi)];
  }
  return refined(risen, bestHz, hzPerLine);
}

/** How much of each line belongs to the note, from 0 to 1. */
function ownShares(
  { levelDb, lines, frames, hopS }: ShortSpectra,
  onsetS: number,
  note: { readonly fromS: number; readonly toS: number },
): Float64Array {
  const frame = (s: number): number => Math.min(Math.max(Math.round(s / hopS), 0), frames - 1);
  const valley = { first: frame(onsetS - VALLEY_S.before), last: frame(onsetS + VALLEY_S.after) };
  const tone = { first: frame(note.fromS), last: frame(note.toS) };
  return Float64Array.from({ length: lines }, (_, k) => {
    let low = Infinity;
    for (let f = valley.first; f <= valley.last; f++) low = Math.min(low, levelDb[f * lines + k]!);
    let mean = 0;
    for (let f = tone.first; f <= tone.last; f++)
      mean += levelDb[f * lines + k]! / (tone.last - tone.first + 1);
    return smoothstep((mean - low - RANG_DB) / (OWN_DB - RANG_DB));
  });
}

/** What stands out of its surroundings: each line less the mean of those around it. */
function overNoise(lines: Float64Array, reach: number): Float64Array {
  const sums = new Float64Array(lines.length + 1);
  lines.forEach((a, k) => (sums[k + 1] = sums[k]! + Math.max(0, a)));
  return lines.map((a, k) => {
    const [from, to] = [Math.max(0, k - reach), Math.min(lines.length, k + reach + 1)];
    return Math.max(0, a - (sums[to]! - sums[from]!) / (to - from));
  });
}

function between(values: Float64Array, at: number): number {
  const k = Math.floor(at);
  const [a, b] = [values[k] ?? 0, values[k + 1] ?? 0];
  return a + (b - a) * (at - k);
}

/**
 * How much speaks for a pitch: its partials, over the root of their number. An octave below, every other partial is missing;
 * an octave above, every other one is left over: either costs the same.
 */
function salience(lines: Float64Array, first: number, last: number): number {
  const partials = Math.min(PARTIALS, Math.floor(last / first));
  let sum = 0;
  for (let h = 1; h <= partials; h++) sum += Math.sqrt(strongestNear(lines, h * first)); // so that none decides alone
  return sum / Math.sqrt(partials);
}

function strongestNear(lines: Float64Array, at: number): number {
  const [low, high] = [Math.round(at / LOOSE), Math.round(at * LOOSE)];
  let most = 0;
  for (let k = low; k <= high && k < lines.length; k++) most = Math.max(most, lines[k]!);
  return most;
}

/** Where, near a pitch, its partials together are strongest. */
function refined(lines: Float64Array, hz: number, hzPerLine: number): number {
  let [best, at] = [-1, hz];
  for (let cents = -50; cents <= 50; cents += 2) {
    const near = hz * 2 ** (cents / 1200);
    let sum = 0;
    for (let h = 1; h <= REFINED_BY; h++) {
      const x = (h * near) / hzPerLine;
      const k = Math.floor(x);
      sum += WEIGHT ** h * ((1 - (x - k)) * (lines[k] ?? 0) + (x - k) * (lines[k + 1] ?? 0));
    }
    if (sum > best) [best, at] = [sum, near];
  }
  return at;
}
