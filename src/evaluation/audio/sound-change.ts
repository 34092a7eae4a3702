import type { ShortSpectra } from "./short-spectra.ts";

/** Frames from `first` up to and without `end`. */
export interface Stretch {
  readonly first: number;
  readonly end: number;
}

/** A line that changes by less than this says nothing [dB]. @assumed noise and the beating of strings */
const LEAST_DB = 5;
/** So many decibels of all lines together must change; and so many rise, else falling lines count as well. @assumed */
const ENOUGH_DB = 40;
const RISING_DB = 25;
/**
 * A new sound is heard from where it is so far on its way [-], though it may grow for long; one that comes at once gets from there to
 * the middle in so many frames, because spectra overlap. @assumed
 */
const BEGUN = 0.25;
const AT_ONCE_FRAMES = 7;

/**
 * The frame at which one sound gives way to another.
 *
 * What each sounds like is taken from the recording: the mean spectra of a stretch that is surely before and one that is
 * surely after, in decibels. Strings that ring on are in both and do not matter. Only lines that rise from one to the
 * other have a say: an old string may fall silent long after the new one began. Every frame between is then somewhere on
 * the way, p, from 0 to 1, and the change is where two steps fit p best. A quiet string under loud ones grows for longer: it began
 * before that, where p left its beginning.
 *
 * @returns indices of the first frame of the new sound, and of that in which it began to grow; `undefined` where the two sounds are alike
 */
export function soundChange(
  spectra: ShortSpectra,
  between: Stretch,
  before: Stretch,
  after: Stretch,
): { readonly frame: number; readonly begunFrame: number } | undefined {
  const [old, young] = [meanOf(spectra, before), meanOf(spectra, after)];
  const change = young.map((y, k) => (Math.abs(y - old[k]!) < LEAST_DB ? 0 : y - old[k]!));
  const rising = change.map((d) => Math.max(0, d));
  const total = (weights: Float64Array): number => weights.reduce((sum, w) => sum + Math.abs(w), 0);
  const weights = total(rising) >= RISING_DB ? rising : change;
  if (total(change) < ENOUGH_DB) return undefined;
  const way = wayAlong(spectra, between, old, weights, weights.reduce((sum, w, k) => sum + w * change[k]!, 0)); // prettier-ignore
  let [sum, best, at] = [0, -Infinity, 0];
  for (let i = 0; i < way.length; i++) {
    if (sum > best) [best, at] = [sum, i];
    sum += 0.5 - way[i]!;
  }
  let begun = at;
  while (begun > 0 && way[begun - 1]! > BEGUN) begun--;
  return { frame: between.first + at, begunFrame: between.first + Math.min(at, begun + AT_ONCE_FRAMES) };
}

/** How far each frame is on the way from the old sound to the new one [-]. */
function wayAlong(
  { levelDb, lines }: ShortSpectra,
  { first, end }: Stretch,
  old: Float64Array,
  weights: Float64Array,
  full: number,
): Float64Array {
  return Float64Array.from({ length: end - first + 1 }, (_, i) => {
    let way = 0;
    for (let k = 0; k < weights.length; k++)
      if (weights[k] !== 0) {
        const towards = Math.sign(weights[k]!) * ((levelDb[(first + i) * lines + k] ?? 0) - old[k]!);
        way += Math.abs(weights[k]!) * Math.max(-LEAST_DB, towards);
      }
    return Math.min(1.5, Math.max(-0.5, way / full));
  });
}

function meanOf({ levelDb, lines, frames }: ShortSpectra, { first, end }: Stretch): Float64Array {
  const mean = new Float64Array(lines);
  const [from, to] = [Math.max(0, first), Math.min(frames, Math.max(end, first + 1))];
  for (let f = from; f < to; f++)
    for (let k = 0; k < lines; k++) mean[k]! += levelDb[f * lines + k]! / (to - from);
  return mean;
}
