import { provenanceOf } from "../provenance.ts";
import type { Score } from "../score/score.ts";

/**
 * The notes around one, as a score of their own at their own ticks: what fails there can be looked at much quicker than in the whole piece.
 *
 * @param around notes on either side
 */
export function excerptAround(score: Score, noteIndex: number, around: number): Score {
  const first = Math.max(0, noteIndex - around);
  const notes = score.notes.slice(first, noteIndex + around + 1).map((note, index) => ({
    ...note,
    index,
    slurredFromPrevious: note.slurredFromPrevious && index > 0,
  }));
  return { ...score, notes, provenance: provenanceOf("excerpt", score.provenance, first) };
}
