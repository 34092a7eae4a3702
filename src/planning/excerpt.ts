import { provenanceOf } from "../provenance.ts";
import type { Score } from "../score/score.ts";

/** Some notes of a score, as a score of their own. */
export interface Excerpt {
  readonly score: Score;
  /** Index of its first note in the whole score. */
  readonly first: number;
}

/** Notes on either side of a place that decide whether the arm can follow there. @assumed crossings and bow changes reach no farther */
const AROUND = 8;

/** The notes around one, at their own ticks; what fails there can be looked at much quicker than in the whole piece. */
export function excerptAround(score: Score, noteIndex: number, around = AROUND): Excerpt {
  const first = Math.max(0, noteIndex - around);
  const notes = score.notes.slice(first, noteIndex + around + 1).map((note, index) => ({
    ...note,
    index,
    slurredFromPrevious: note.slurredFromPrevious && index > 0,
  }));
  return { first, score: { ...score, notes, provenance: provenanceOf("excerpt", score.provenance, first) } };
}
