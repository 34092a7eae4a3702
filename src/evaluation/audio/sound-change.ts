import type { ShortSpectra } from "./short-spectra.ts";

/** Frames from `first` up to and without `end`. */
export interface Stretch {
  readonly first: number;
  readonly end: number;
}

/** A line that changes by less than this says nothing [dB]. @assumed noise and the beating of strings */
const LEAST_DB = 5;
/** So many decibels of all lines together must rise; else falling lines count as well. @assumed */
const ENOUGH_DB = 40;

/**
 * The frame at which one sound gives way to another.
 *
 * What each sounds like is taken from the recording: the mean spectra of a stretch that is surely before and one that is
 * surely after, in decibels. Strings that ring on are in both and do not matter. Only lines that rise from one to the
 * other have a say: an old string may fall silent long after the new one began. Every frame between is then somewhere on
 * the way, p, from 0 to 1, and the change is where two steps fit p best.
 *
 * @returns index of the first frame of the new sound; `undefined` where the two sounds are alike
 */
export function soundChange(
  spectra: ShortSpectra,
  between: Stretch,
  before: Stretch,
  after: Stretch,
): number | undefined {
  const [old, young] = [meanOf(spectra, before), meanOf(spectra, after)];
  const change = young.map((y, k) => (Math.abs(y - old[k]!) < LEAST_DB ? 0 : y - old[k]!));
  const rising = change.map((d) => Math.max(0, d));
  const total = (weights: Float64Array): number => weights.reduce((sum, w) => sum + Math.abs(w), 0);
  const weights = total(rising) >= ENOUGH_DB ? rising : change;
  if (total(weights) < ENOUGH_DB) return undefined;
  const way = wayAlong(spectra, between, old, weights, weights.reduce((sum, w, k) => sum + w * change[k]!, 0)); // prettier-ignore
  let [sum, best, at] = [0, -Infinity, 0];
  for (let i = 0; i < way.length; i++) {
    if (sum > best) [best, at] = [sum, i];
    sum += 0.5 - way[i]!;
  }
  return between.first + at;
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
      if (weights[k] !== 0)
        way += weights[k]! * Math.max(-LEAST_DB, (levelDb[(first + i) * lines + k] ?? 0) - old[k]!);
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
