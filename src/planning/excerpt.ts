import { provenanceOf } from "../provenance.ts";
import type { Score } from "../score/score.ts";

/** Some notes of a score, as a score of their own. */
export interface Excerpt {
  readonly score: Score;
  /** Index of its first note in the whole score. */
  readonly first: number;
}

/** The notes around one, at their own ticks; what fails there can be looked at much quicker than in the whole piece. @param around notes on either side */
export function excerptAround(score: Score, noteIndex: number, around: number): Excerpt {
  const first = Math.max(0, noteIndex - around);
  const notes = score.notes.slice(first, noteIndex + around + 1).map((note, index) => ({
    ...note,
    index,
    slurredFromPrevious: note.slurredFromPrevious && index > 0,
  }));
  return { first, score: { ...score, notes, provenance: provenanceOf("excerpt", score.provenance, first) } };
}
