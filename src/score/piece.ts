import { CellistError } from "../errors.ts";
import { parseMarkings } from "./markings.ts";
import { readMusicXml } from "./musicxml/read-musicxml.ts";
import { scoreCredits } from "./musicxml/score-credits.ts";
import { formatOf, scoreText } from "./musicxml/score-text.ts";
import { parseXml } from "./musicxml/xml-tree.ts";
import { readScore, type ReadScoreOptions } from "./read-score.ts";
import type { Score } from "./score.ts";

/** A score together with where it comes from and what may be done with it. */
export interface Piece {
  readonly score: Score;
  /** Edition or origin of the notes; "unknown" where nothing says it. */
  readonly source: string;
  /** "unknown" where nothing says it. */
  readonly licence: string;
}

/**
 * A piece from the bytes of its file: MusicXML, plain or compressed, or MIDI with the text of its `name.marks.yaml`. The first
 * bytes decide which it is. MusicXML holds its own marks; markings given with it are refused.
 *
 * @throws midi-invalid, musicxml-invalid, score-invalid, markings-invalid, usage
 */
export function readPiece(
  bytes: Uint8Array,
  marksText: string | undefined,
  options: Omit<ReadScoreOptions, "markings"> = {},
): Piece {
  const format = formatOf(bytes);
  if (format === "musicxml" || format === "mxl") {
    if (marksText !== undefined)
      throw new CellistError(
        "markings-invalid",
        "a MusicXML file holds its own marks; a markings file is for MIDI.",
      );
    const root = parseXml(scoreText(bytes));
    const { source = "unknown", licence = "unknown" } = scoreCredits(root);
    return { score: readMusicXml(root, options), source, licence };
  }
  if (marksText === undefined)
    return { score: readScore(bytes, options), source: "unknown", licence: "unknown" };
  const markings = parseMarkings(marksText);
  const { source = "unknown", licence = "unknown" } = markings;
  return { score: readScore(bytes, { ...options, markings }), source, licence };
}
