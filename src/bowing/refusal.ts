import { stringsOf, type PairLevel } from "../score/bow-level.ts";
import { FINGERBOARD_SEMITONES } from "../score/range.ts";
import { noteName } from "../score/note-name.ts";
import type { BowDirection, StringName } from "../score/score.ts";

/** Why a score cannot be bowed. `noteIndex` counts in `Score.notes`; times are score seconds. */
export type BowingRefusal =
  | {
      readonly kind: "below-open-c";
      readonly noteIndex: number;
      readonly startS: number;
      readonly midi: number;
      readonly lowestMidi: number;
    }
  | {
      /** Two notes that no hand can stop together on two neighbouring strings. */
      readonly kind: "double-stop";
      readonly noteIndex: number;
      readonly startS: number;
      readonly midi: number;
      readonly lowerMidi: number;
      /** Written for the upper note. */
      readonly string?: StringName;
      /** The least stretch there is, and where; absent where no two neighbouring strings hold both notes. */
      readonly stretch?: { readonly level: PairLevel; readonly semitones: number };
      readonly limitSemitones: number;
    }
  | {
      readonly kind: "not-on-string";
      readonly noteIndex: number;
      readonly startS: number;
      readonly midi: number;
      readonly string: StringName;
      readonly openMidi: number;
    }
  | {
      readonly kind: "marks-contradict";
      readonly noteIndex: number;
      readonly startS: number;
      readonly bow: BowDirection;
      /** The note whose mark already decided this slur. */
      readonly otherNoteIndex: number;
      readonly otherBow: BowDirection;
    }
  | {
      /** One stroke, or strokes that marks send the same way, use more hair than there is. */
      readonly kind: "bow-too-short";
      readonly noteIndex: number;
      readonly lastNoteIndex: number;
      readonly strokes: number;
      readonly startS: number;
      readonly seconds: number;
      /** Hair needed at the slowest speed that still speaks, that speed, and the hair there is. */
      readonly neededM: number;
      readonly slowestMps: number;
      readonly availableM: number;
      /** Tempo × this would fit; > 1 = faster. `null`: no tempo up to four times does. */
      readonly tempoFactor: number | null;
    };

/** One sentence for a musician: what, where, how much, against which limit, what to do. */
export function explainRefusal(why: BowingRefusal): string {
  const note = `note ${why.noteIndex + 1} at ${why.startS.toFixed(2)} s`;
  switch (why.kind) {
    case "below-open-c":
      return `${note} (MIDI ${why.midi}) lies ${why.lowestMidi - why.midi} semitone(s) below the open C string (MIDI ${why.lowestMidi}); transpose it up`;
    case "double-stop": {
      const { stretch, string } = why;
      const marked = string === undefined ? "" : ` with the upper one on ${string}`;
      const cannot = stretch
        ? `need a stretch of ${stretch.semitones} semitones on ${stringsOf(stretch.level).join(" and ")}${marked}, and a hand spans ${why.limitSemitones}`
        : `lie on no two neighbouring strings${marked}`;
      return `${note}: ${noteName(why.lowerMidi)} and ${noteName(why.midi)} together ${cannot}; play --voice top or --voice bottom${string === undefined ? "" : ", or drop the mark"}`;
    }
    case "not-on-string":
      return why.midi < why.openMidi
        ? `${note} (MIDI ${why.midi}) is marked for the ${why.string} string, whose open pitch (MIDI ${why.openMidi}) is above it; mark a lower string`
        : `${note} (MIDI ${why.midi}) is marked for the ${why.string} string, ${why.midi - why.openMidi} semitones above its open pitch, but its fingerboard ends at ${FINGERBOARD_SEMITONES}; mark a higher string`;
    case "marks-contradict":
      return `${note} is marked ${why.bow}-bow but is slurred to note ${why.otherNoteIndex + 1}, which is marked ${why.otherBow}-bow; break the slur or remove a mark`;
    case "bow-too-short":
      return `${span(why, note)} ${why.strokes > 1 ? "need" : "needs"} ${cm(why.neededM)} of bow for ${why.seconds.toFixed(1)} s at ${cm(why.slowestMps)}/s, the slowest that still speaks, but only ${cm(why.availableM)} can be used; ${remedy(why)}`;
  }
}

type TooShort = Extract<BowingRefusal, { kind: "bow-too-short" }>;

function span(why: TooShort, note: string): string {
  if (why.lastNoteIndex === why.noteIndex) return note;
  const what = why.strokes > 1 ? `the ${why.strokes} bows as marked` : "the slur";
  return `${what} from ${note} to note ${why.lastNoteIndex + 1}`;
}

function remedy({ strokes, tempoFactor }: TooShort): string {
  const change = strokes > 1 ? "change a bow mark" : "split the bow";
  return tempoFactor === null ? change : `play ${tempoFactor.toFixed(2)} times as fast or ${change}`;
}

const cm = (metres: number): string => `${(metres * 100).toFixed(0)} cm`;
