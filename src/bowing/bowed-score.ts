import type { BowLevel } from "../score/bow-level.ts";
import type { Score } from "../score/score.ts";
import { levelOf, type BowPlan } from "./bow-plan.ts";

/** A score with the bowing of a plan pencilled in. */
export interface BowedScore {
  /** Bow marks where each stroke begins. */
  readonly score: Score;
  /** Per note the string, or the two of a double stop, where they change. */
  readonly stringLetters: readonly (BowLevel | undefined)[];
}

/** Writes the bows and strings of a plan onto its score, as a player would pencil them in. */
export function bowedScore(score: Score, { notes: bowed }: BowPlan): BowedScore {
  const notes = score.notes.map((note, i) => {
    const begins = bowed[i]!.stroke !== bowed[i - 1]?.stroke && !note.slurredFromPrevious;
    return begins ? { ...note, bow: bowed[i]!.direction } : note;
  });
  const levels = bowed.map(levelOf);
  const stringLetters = levels.map((level, i) => (level === levels[i - 1] ? undefined : level));
  return { score: { ...score, notes }, stringLetters };
}
