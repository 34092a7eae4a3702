import { levelOf, soundedStrings, type BowedNote, type BowPlan } from "../bowing/bow-plan.ts";
import { bowedRuns, edgeInstantS, type Stroke } from "./bowed-note.ts";
import { directionSign, stringNumber, type Hair, type Run } from "./hair.ts";

/** When the bow began and ceased to play a note [score s]; null = it did not, or the left hand did. */
export interface NoteEdges {
  readonly onsetS: number | null;
  readonly offsetS: number | null;
}

/** Before the first note and after the last the bow is looked for this long [s]. */
const MARGIN_S = 0.5;
/** Bowing shorter than this, or than a quarter of a shorter note, is not yet the note [s]. @assumed */
const SHORTEST_S = 0.02;
/** A stroke that follows in the same direction begins at the slowest moment this near to its onset [s]. @assumed */
const DIP_WITHIN_S = 0.06;

const middle = (note: BowedNote): number => (note.startS + note.endS) / 2;
export const strokeOf = (note: BowedNote): Stroke => ({
  strings: soundedStrings(note).map(({ string }) => stringNumber(string)),
  sign: directionSign(note.direction),
});

/** True where a note begins without a new stroke and without a new string: only the left hand moves. */
export function isLeftHandStart(plan: BowPlan, index: number): boolean {
  const [before, note] = [plan.notes[index - 1], plan.notes[index]];
  return before !== undefined && note?.stroke === before.stroke && levelOf(note) === levelOf(before);
}

/**
 * Achieved onset and offset of every note.
 *
 * The onset is looked for between the middle of the note before and the note's own middle: the beginning, nearest to
 * the planned onset, of a stretch in which the note's string, or each of two, bears the largest hair force of all strings (≥ 0.05 N)
 * and the hair moves the note's way (> 2 mm/s). The offset is the end of that stretch, or the next note's onset where that
 * comes first.
 */
export function noteEdges(plan: BowPlan, hair: Hair): readonly NoteEdges[] {
  const begins = plan.notes.map((_, i) => (isLeftHandStart(plan, i) ? null : beginning(plan, hair, i)));
  return plan.notes.map((_, i) => ({
    onsetS: begins[i]?.onsetS ?? null,
    offsetS: offsetS(plan, hair, i, begins),
  }));
}

interface Beginning {
  readonly onsetS: number;
  /** First sample of the note's bowing. */
  readonly first: number;
}

function beginning(plan: BowPlan, hair: Hair, i: number): Beginning | null {
  const [before, note] = [plan.notes[i - 1], plan.notes[i]!];
  const stroke = strokeOf(note);
  const from = hair.at(before ? middle(before) : note.startS - MARGIN_S);
  const to = hair.at(middle(note));
  const enoughS = Math.min(SHORTEST_S, (note.endS - note.startS) / 4);
  const found = bowedRuns(hair, from, to, stroke)
    .filter(({ first, last }) => first > from && hair.scoreS[last]! - hair.scoreS[first]! >= enoughS)
    .map(({ first }) => ({ first, onsetS: edgeInstantS(hair, first, -1, stroke) }));
  return nearest(found, note.startS) ?? sameWayAgain(hair, before, note);
}

function nearest(found: readonly Beginning[], plannedS: number): Beginning | undefined {
  const distance = (b: Beginning): number => Math.abs(b.onsetS - plannedS);
  return [...found].sort((a, b) => distance(a) - distance(b))[0];
}

/** A second stroke the same way on the same string: the bow only slows down between them, at least by half. */
function sameWayAgain(hair: Hair, before: BowedNote | undefined, note: BowedNote): Beginning | null {
  if (!before || levelOf(before) !== levelOf(note) || before.direction !== note.direction) return null;
  const { strings, sign } = strokeOf(note);
  let slowest = -1;
  const speed = (k: number): number => sign * hair.speed(k, strings[0]!);
  for (let k = hair.at(note.startS - DIP_WITHIN_S); k < hair.at(note.startS + DIP_WITHIN_S); k++)
    if (slowest < 0 || speed(k) < speed(slowest)) slowest = k;
  if (slowest < 0 || !(speed(slowest) < 0.5 * Math.min(before.bowSpeedMps, note.bowSpeedMps))) return null;
  return { first: slowest, onsetS: hair.scoreS[slowest]! };
}

function offsetS(plan: BowPlan, hair: Hair, i: number, begins: readonly (Beginning | null)[]): number | null {
  const [note, next] = [plan.notes[i]!, plan.notes[i + 1]];
  if (next && isLeftHandStart(plan, i + 1)) return null;
  const from = begins[i]?.first ?? (isLeftHandStart(plan, i) ? hair.at(note.startS) : undefined);
  if (from === undefined) return null;
  const to = hair.at(next ? middle(next) : note.endS + MARGIN_S);
  const run = bowedRuns(hair, from, to, strokeOf(note))[0];
  if (!run) return null;
  const nextS = begins[i + 1]?.onsetS ?? Infinity;
  const endsS = endOf(hair, run, to, strokeOf(note));
  const earlier = Math.min(nextS > hair.scoreS[run.first]! ? nextS : Infinity, endsS);
  return Number.isFinite(earlier) ? earlier : null;
}

const endOf = (hair: Hair, run: Run, to: number, stroke: Stroke): number =>
  run.last + 1 >= to ? Infinity : edgeInstantS(hair, run.last, 1, stroke);
