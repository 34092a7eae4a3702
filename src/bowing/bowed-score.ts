import type { Score, StringName } from "../score/score.ts";
import type { BowPlan } from "./bow-plan.ts";

/** A score with the bowing of a plan pencilled in. */
export interface BowedScore {
  /** Bow marks where each stroke begins. */
  readonly score: Score;
  /** Per note the string, where it changes. */
  readonly stringLetters: readonly (StringName | undefined)[];
}

/** Writes the bows and strings of a plan onto its score, as a player would pencil them in. */
export function bowedScore(score: Score, { notes: bowed }: BowPlan): BowedScore {
  const notes = score.notes.map((note, i) => {
    const begins = bowed[i]!.stroke !== bowed[i - 1]?.stroke && !note.slurredFromPrevious;
    return begins ? { ...note, bow: bowed[i]!.direction } : note;
  });
  const stringLetters = bowed.map(({ string }, i) => (string === bowed[i - 1]?.string ? undefined : string));
  return { score: { ...score, notes }, stringLetters };
}
