import { provenanceOf } from "../provenance.ts";
import { stringsOf, topString } from "./bow-level.ts";
import { doubleStopWays } from "./double-stop-levels.ts";
import { STRING_NAMES, type Score, type ScoreNote, type StringName } from "./score.ts";

/** Open strings of a cello in fifths, MIDI numbers. @source C2 G2 D3 A3 */
export const OPEN_MIDI: Readonly<Record<StringName, number>> = { C: 36, G: 43, D: 50, A: 57 };

/** The string a note is bowed on when nothing else speaks: the written one, else the highest that is not above it. */
export const plainString = ({ midi, string }: Pick<ScoreNote, "midi" | "string">): StringName =>
  string ?? STRING_NAMES.findLast((name) => OPEN_MIDI[name] <= midi) ?? "C";

/**
 * The piece for a cello without a left hand: every note is bowed on its string and sounds that string's open pitch. How many
 * notes sound otherwise than written is said in `ignored`. A double stop sounds both open strings of the
 * highest pair that holds it; one that no pair holds stays as it is, for the planner to refuse.
 */
export function onOpenStrings(score: Score): Score {
  const notes = score.notes.map((note): ScoreNote => {
    if (note.lowerMidi !== undefined) return openPair(note, note.lowerMidi);
    const string = plainString(note);
    return { ...note, midi: OPEN_MIDI[string], string };
  });
  const changed = notes.filter(
    ({ midi, lowerMidi }, i) => midi !== score.notes[i]!.midi || lowerMidi !== score.notes[i]!.lowerMidi,
  ).length;
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

function openPair(note: ScoreNote, lowerMidi: number): ScoreNote {
  const ways = doubleStopWays(lowerMidi, note.midi, OPEN_MIDI);
  const way = ways.find(({ level }) => note.string === undefined || topString(level) === note.string);
  if (!way) return note;
  const [low, high] = [stringsOf(way.level)[0], topString(way.level)];
  return { ...note, midi: OPEN_MIDI[high], lowerMidi: OPEN_MIDI[low], string: high };
}
