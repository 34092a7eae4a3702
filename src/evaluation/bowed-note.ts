import { MOVING_MPS, TOUCH_N, runLengthS, runsWhere, type Hair, type Run } from "./hair.ts";

/** What the bow does in one note: on which string (0..3), on which two in a double stop, and which way. */
export interface Stroke {
  readonly strings: readonly number[];
  readonly sign: 1 | -1;
}

/** A loss of grip shorter than this does not end a note [s]. @assumed */
const DROPOUT_S = 0.01;
/** An edge is looked for so far outside the samples that surely belong to the note [s]. @assumed half a bow change */
const EDGE_S = 0.02;
/** Speeds [m/s] and forces [N] up to this are zero: hair at rest has no zero crossing but where it begins to move. */
const NOTHING = 1e-6;

/** How much more than enough the strings bear, the lightest of them: ≥ 0 where each touches and no other string bears more [N]. */
function grip(hair: Hair, k: number, strings: readonly number[]): number {
  let [needed, least] = [TOUCH_N, Infinity];
  for (let string = 0; string < 4; string++)
    if (strings.includes(string)) least = Math.min(least, hair.force(k, string));
    else needed = Math.max(needed, hair.force(k, string));
  return least - needed;
}

const along = (hair: Hair, k: number, { strings, sign }: Stroke): number => sign * hair.speed(k, strings[0]!);

/** Each of the note's strings bears more than any other, ≥ 0.05 N, and the hair moves the note's way, > 2 mm/s. */
export const isBowed = (hair: Hair, k: number, stroke: Stroke): boolean =>
  grip(hair, k, stroke.strings) >= 0 && along(hair, k, stroke) > MOVING_MPS;

/** Where a note is being bowed in samples [from, to); short dropouts and hold-ups of the player do not part it. */
export function bowedRuns(hair: Hair, from: number, to: number, stroke: Stroke): Run[] {
  const joined: Run[] = [];
  for (const run of runsWhere(from, to, (k) => isBowed(hair, k, stroke))) {
    const before = joined.at(-1);
    const gap = before && { first: before.last + 1, last: run.first - 1 };
    if (gap && (runLengthS(hair, gap) < DROPOUT_S || hair.heldUp((gap.first + gap.last) >> 1)))
      joined[joined.length - 1] = { first: before.first, last: run.last };
    else joined.push(run);
  }
  return joined;
}

/**
 * The instant between samples at which bowing begins (`step` −1, from its first sample) or ceases (+1, from its last).
 *
 * It is the zero crossing of bow speed, or the moment the strings gain or lose the largest force, whichever is nearer to
 * the note; both by linear interpolation. Hair that comes from rest has no true zero crossing: it trembles by a tenth of a
 * millimetre a second, or leaves zero too smoothly for anybody to say when. There it is the crossing of 2 mm/s.
 *
 * @returns score second
 */
export function edgeInstantS(hair: Hair, k: number, step: 1 | -1, stroke: Stroke): number {
  const zeroMps = rests(hair, k, step, stroke) ? MOVING_MPS : 0;
  const speedS = crossingS(hair, k, step, (i) => along(hair, i, stroke) - zeroMps);
  const gripS = crossingS(hair, k, step, (i) => grip(hair, i, stroke.strings));
  const found = [speedS, gripS].filter((instant) => instant !== undefined);
  if (found.length === 0) return hair.scoreS[k]!;
  return step < 0 ? Math.max(...found) : Math.min(...found);
}

/** True where the hair beyond the edge does not go the other way. */
function rests(hair: Hair, k: number, step: 1 | -1, stroke: Stroke): boolean {
  for (let far = k; far >= 0 && far < hair.count; far += step) {
    if (along(hair, far, stroke) < -MOVING_MPS) return false;
    if (Math.abs(hair.robotS[far]! - hair.robotS[k]!) > EDGE_S) break;
  }
  return true;
}

/** Where `value` falls below zero, walking from sample `k`, at most `EDGE_S` away; in score seconds. */
function crossingS(hair: Hair, k: number, step: 1 | -1, value: (k: number) => number): number | undefined {
  for (let here = k; ; here += step) {
    const next = here + step;
    if (next < 0 || next >= hair.count) return undefined;
    if (Math.abs(hair.robotS[here]! - hair.robotS[k]!) > EDGE_S) return undefined;
    const [inside, outside] = [value(here), value(next)];
    if (outside > NOTHING) continue;
    if (Number.isNaN(inside - outside)) return undefined;
    const share = inside === outside ? 0 : inside / (inside - outside);
    return hair.scoreS[here]! + share * (hair.scoreS[next]! - hair.scoreS[here]!);
  }
}
