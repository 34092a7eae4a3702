import { sayPlace } from "../score/position.ts";
import type { Score, ScoreNote } from "../score/score.ts";
import type { BowPlan } from "./bow-plan.ts";

/**
 * What is written and the arm does otherwise, one sentence a kind with its first place: never flattened in silence.
 *
 * @param score the one that was bowed
 */
export function compromises(score: Score, { notes: bowed }: BowPlan): readonly string[] {
  const found = new Map<string, { count: number; first: ScoreNote }>();
  for (const { noteIndex } of bowed) {
    const note = score.notes[noteIndex]!;
    for (const what of compromisesOf(note)) {
      const before = found.get(what);
      found.set(what, { count: (before?.count ?? 0) + 1, first: before?.first ?? note });
    }
  }
  return [...found].map(
    ([what, { count, first }]) =>
      `${count === 1 ? "1 note" : `${count} notes`}, first in ${sayPlace(score, first.startTick)}: ${what}`,
  );
}

/** The same for one note, in clauses. */
export const compromisesOf = ({ articulation }: ScoreNote): readonly string[] =>
  articulation === "tremolo"
    ? ["tremolo is bowed as one long note: the arm does not change its bow so fast"]
    : [];
