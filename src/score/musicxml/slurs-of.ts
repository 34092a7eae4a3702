import type { NoteRun } from "../mark-notes.ts";
import type { LaidNote } from "./lay-out-notes.ts";

/** Number of the slurs that nobody wrote: from grace notes to what they decorate. */
export const GRACE_SLUR = "grace";

/**
 * The slurs over notes as runs that share no note. Slurs that overlap or meet on a note are one bow; a slur inside a longer
 * one decides the bow and the longer one is a phrase mark. Grace notes have no bow of their own: they are in that of their note,
 * whatever slur is written between the two. Nor has the bow a choice where one note is held and another moves.
 */
export function slursOf(notes: readonly LaidNote[]): {
  slurs: readonly NoteRun[];
  remarks: readonly string[];
} {
  const open = new Map<string, number>();
  const [found, grace]: [NoteRun[], NoteRun[]] = [[], []];
  let loose = 0;
  for (const [index, { signs }] of notes.entries()) {
    for (const number of signs.slurStops) {
      const first = open.get(number);
      open.delete(number);
      if (first === undefined) loose += 1;
      else if (first < index) (number === GRACE_SLUR ? grace : found).push({ first, last: index });
    }
    for (const number of signs.slurStarts) {
      if (open.has(number)) loose += 1;
      open.set(number, index);
    }
  }
  loose += open.size;
  const unwritten = joinedRuns([...grace, ...heldRuns(notes)]).runs;
  const written = found.filter((slur) => !unwritten.some((one) => covers(one, slur)));
  const inside = written.filter((slur) => !written.some((other) => other !== slur && isInside(other, slur)));
  const phrases = written.length - inside.length;
  const { runs, joints } = joinedRuns(inside);
  const remarks = [
    ...(phrases > 0 ? [`phrase marks: ${phrases} slurs over other slurs, not bowed as slurs`] : []),
    ...(joints > 0 ? [`slurs that share a note: ${joints} joined to the one before, one bow`] : []),
    ...(loose > 0 ? [`slurs without a beginning or an end: ${loose} ignored`] : []),
  ];
  return { slurs: joinedRuns([...runs, ...unwritten]).runs, remarks };
}

/** Pairs of which the second is held on from the first. */
const heldRuns = (notes: readonly LaidNote[]): readonly NoteRun[] =>
  notes.flatMap(({ isHeldOn, startTick }, i) =>
    isHeldOn && notes[i - 1]?.endTick === startTick ? [{ first: i - 1, last: i }] : [],
  );

const covers = (outer: NoteRun, inner: NoteRun): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

const isInside = (inner: NoteRun, outer: NoteRun): boolean =>
  covers(outer, inner) && outer.last - outer.first > inner.last - inner.first;

function joinedRuns(slurs: readonly NoteRun[]): { runs: NoteRun[]; joints: number } {
  const runs: NoteRun[] = [];
  let joints = 0;
  for (const slur of slurs.toSorted((a, b) => a.first - b.first)) {
    const before = runs.at(-1);
    if (before !== undefined && slur.first <= before.last) {
      joints += 1;
      runs.splice(-1, 1, { first: before.first, last: Math.max(before.last, slur.last) });
    } else runs.push(slur);
  }
  return { runs, joints };
}
