import { provenanceOf } from "../provenance.ts";
import { STRING_NAMES, type Score, type ScoreNote, type StringName } from "./score.ts";

/** Open strings of a cello in fifths, MIDI numbers. @source C2 G2 D3 A3 */
export const OPEN_MIDI: Readonly<Record<StringName, number>> = { C: 36, G: 43, D: 50, A: 57 };

/** The string a note is bowed on when nothing else speaks: the written one, else the highest that is not above it. */
export const plainString = ({ midi, string }: Pick<ScoreNote, "midi" | "string">): StringName =>
  string ?? STRING_NAMES.findLast((name) => OPEN_MIDI[name] <= midi) ?? "C";

/**
 * The piece for a cello without a left hand: every note is bowed on its string and sounds that string's open pitch. How many
 * notes sound otherwise than written is said in `ignored`. Double stops stay double stops, for the planner to refuse.
 */
export function onOpenStrings(score: Score): Score {
  const notes = score.notes.map((note): ScoreNote => {
    const string = plainString(note);
    return { ...note, midi: OPEN_MIDI[string], string };
  });
  const changed = notes.filter(({ midi }, i) => midi !== score.notes[i]!.midi).length;
  return {
    ...score,
    notes,
    ignored: [
      ...score.ignored,
      `open strings: ${changed} of ${notes.length} notes sound their open string instead`,
    ],
    provenance: provenanceOf("open strings", score.provenance),
  };
}
