import type { BowedNote, BowPlan } from "../bowing/bow-plan.ts";
import { provenanceOf } from "../provenance.ts";

/** Notes of a plan from one index to another, both included. */
export interface NoteRange {
  readonly first: number;
  readonly last: number;
}

/** The notes around one, whole strokes of them. @param around notes on either side */
export function rangeAround(notes: readonly BowedNote[], place: number, around: number): NoteRange {
  let first = Math.max(0, place - around);
  let last = Math.min(notes.length - 1, place + around);
  while (first > 0 && notes[first - 1]!.stroke === notes[first]!.stroke) first--;
  while (last < notes.length - 1 && notes[last + 1]!.stroke === notes[last]!.stroke) last++;
  return { first, last };
}

/** Part of a plan as a plan of its own, at its own time and bowed as it is in the whole; note indices of `Score.notes` stay. */
export function excerptOfPlan(plan: BowPlan, { first, last }: NoteRange): BowPlan {
  return {
    ...plan,
    notes: plan.notes.slice(first, last + 1),
    lifts: plan.lifts
      .filter(({ after, before }) => after >= first && before <= last)
      .map((lift) => ({ ...lift, after: lift.after - first, before: lift.before - first })),
    provenance: provenanceOf("excerpt of a plan", plan.provenance, first, last),
  };
}
