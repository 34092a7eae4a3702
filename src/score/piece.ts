import { parseMarkings } from "./markings.ts";
import { readScore, type ReadScoreOptions } from "./read-score.ts";
import type { Score } from "./score.ts";

/** A score together with where it comes from and what may be done with it. */
export interface Piece {
  readonly score: Score;
  /** Edition or origin of the notes; "unknown" without markings. */
  readonly source: string;
  /** "unknown" without markings. */
  readonly licence: string;
}

/**
 * A piece from the contents of its two files, `name.mid` and, if there is one, `name.marks.yaml`.
 *
 * @throws midi-invalid, score-invalid, markings-invalid
 */
export function readPiece(
  midiBytes: Uint8Array,
  marksText: string | undefined,
  options: Omit<ReadScoreOptions, "markings"> = {},
): Piece {
  if (marksText === undefined)
    return { score: readScore(midiBytes, options), source: "unknown", licence: "unknown" };
  const markings = parseMarkings(marksText);
  const { source = "unknown", licence = "unknown" } = markings;
  return { score: readScore(midiBytes, { ...options, markings }), source, licence };
}
