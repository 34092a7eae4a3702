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
  for (const { noteIndex, startS, endS } of bowed) {
    const note = score.notes[noteIndex]!;
    for (const what of compromisesOf(note, endS - startS)) {
      const before = found.get(what);
      found.set(what, { count: (before?.count ?? 0) + 1, first: before?.first ?? note });
    }
  }
  return [...found].map(
    ([what, { count, first }]) =>
      `${count === 1 ? "1 note" : `${count} notes`}, first in ${sayPlace(score, first.startTick)}: ${what}`,
  );
}

/** Shorter than this no swell is heard inside a note anyway [s]. @assumed */
const SWELL_S = 0.4;

/** The same for one note, in clauses. @param soundsS how long it is bowed */
export function compromisesOf({ articulation, swell }: ScoreNote, soundsS: number): readonly string[] {
  return [
    ...(articulation === "tremolo"
      ? ["tremolo is bowed as one long note: the arm does not change its bow so fast"]
      : []),
    ...(swell && swell.fromLevel !== swell.toLevel && soundsS >= SWELL_S
      ? ["a swell inside the note is bowed at its middle loudness: speed and force are steady within a note"]
      : []),
  ];
}
