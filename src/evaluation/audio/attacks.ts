import { filtered, highPass } from "../../sound/biquad.ts";
import type { Decimated } from "../../sound/decimate.ts";

/** How loud the high overtones are, moment by moment. */
export interface Overtones {
  readonly hopS: number;
  /** Mean square over `LOWEST_HZ` of the `WINDOW_S` around each moment [dB]. */
  readonly levelDb: Float64Array;
}

/** Over this a string that nobody bows is soon silent [Hz]. */
const LOWEST_HZ = 1000;
const HOP_S = 0.0025;
/** Short: an attack is placed to some milliseconds [s]. */
const WINDOW_S = 0.008;
/** What the bow does before and after an attack is taken from so long to either side of it, but not from its middle [s]. @assumed */
const BEFORE_S = 0.025;
const AFTER_S = 0.04;
const MIDDLE_S = 0.003;
/** So much must the overtones rise for an attack [dB]. @assumed half of what they rise where a bow turns */
const LEAST_RISE_DB = 6;
/** An attack so far from where it is expected must rise so much more [dB/s]. @assumed */
const FAR_DB_PER_S = 40;

export function overtonesOf({ samples, sampleRateHz }: Decimated): Overtones {
  const filter = highPass(LOWEST_HZ, Math.SQRT1_2, sampleRateHz);
  const high = filtered(filtered(samples, filter), filter);
  const half = Math.round((WINDOW_S / 2) * sampleRateHz);
  const levelDb = new Float64Array(Math.floor(samples.length / sampleRateHz / HOP_S) + 1);
  for (let f = 0; f < levelDb.length; f++) {
    const middle = Math.round(f * HOP_S * sampleRateHz);
    let sum = 0;
    for (let n = Math.max(0, middle - half); n < middle + half && n < high.length; n++) sum += high[n]! ** 2;
    levelDb[f] = 10 * Math.log10(sum / (2 * half) + 1e-14);
  }
  return { hopS: HOP_S, levelDb };
}

/**
 * When the bow begins to make a string sound, between two moments: where its high overtones rise at once and stay.
 *
 * A bow that turns or comes stops making overtones, and those that are there die away within hundredths of a second, while
 * the fundamental may ring on through the next note. The first slips bring them back, also where the tone takes long to
 * settle: that is when the note is heard to begin.
 *
 * @returns [s]; `undefined` where nothing rises so
 */
export function attackBetween(
  { hopS, levelDb }: Overtones,
  fromS: number,
  toS: number,
  expectedS: number,
): number | undefined {
  const frames = (s: number): number => Math.round(s / hopS);
  const mean = (first: number, end: number): number => {
    let sum = 0;
    for (let f = first; f < end; f++) sum += levelDb[Math.min(Math.max(f, 0), levelDb.length - 1)]!;
    return sum / (end - first);
  };
  let [best, at] = [LEAST_RISE_DB, NaN];
  for (let f = frames(fromS); f <= frames(toS); f++) {
    const before = mean(f - frames(BEFORE_S), f - frames(MIDDLE_S));
    const after = mean(f + frames(MIDDLE_S) + 1, f + frames(AFTER_S) + 1);
    const rise = after - before - FAR_DB_PER_S * Math.abs(f * hopS - expectedS);
    if (rise > best) [best, at] = [rise, f * hopS];
  }
  return Number.isNaN(at) ? undefined : at;
}

/** Mean level of the overtones of a stretch [dB]. */
export function overtonesDb({ hopS, levelDb }: Overtones, fromS: number, toS: number): number {
  const first = Math.min(Math.max(Math.round(fromS / hopS), 0), levelDb.length - 1);
  const part = levelDb.subarray(first, Math.max(first + 1, Math.round(toS / hopS)));
  return part.reduce((sum, level) => sum + level, 0) / part.length;
}

/** So far under its own loud part a note's overtones have stopped [dB]. @assumed */
const STOPPED_DB = -12;

/**
 * When the bow has ceased to sound a note that began at one moment: the last at which its overtones are near their loud part.
 *
 * @param untilS the note has ended by then
 */
export function bowedUntil({ hopS, levelDb }: Overtones, onsetS: number, untilS: number): number {
  const [first, end] = [Math.round(onsetS / hopS), Math.min(Math.round(untilS / hopS), levelDb.length)];
  const levels = levelDb.slice(first, end).sort();
  const loudDb = levels[Math.floor(0.9 * levels.length)] ?? -Infinity;
  let last = end - 1;
  while (last > first && levelDb[last]! < loudDb + STOPPED_DB) last--;
  return Math.min(untilS, (last + 1) * hopS);
}
