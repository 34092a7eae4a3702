import { stringsOf, type PairLevel } from "../score/bow-level.ts";
import { FINGERBOARD_SEMITONES } from "../score/range.ts";
import { noteName } from "../score/note-name.ts";
import type { BowDirection, StringName } from "../score/score.ts";

/** A locked speed for which the bow is too short. */
export interface SpeedLock {
  readonly noteIndex: number;
  readonly speedMps: number;
  /** Fastest tried with which it fits; `null`: none that still speaks. */
  readonly fittingMps: number | null;
}

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
      /** One stroke, or several of which each begins where the one before ends, use more hair than there is. */
      readonly kind: "bow-too-short";
      readonly noteIndex: number;
      readonly lastNoteIndex: number;
      readonly strokes: number;
      readonly startS: number;
      readonly seconds: number;
      /** Hair needed at the slowest speed that still speaks (a locked one as locked), that speed, and the hair there is. */
      readonly neededM: number;
      readonly slowestMps: number;
      readonly availableM: number;
      /** Tempo × this would fit; > 1 = faster. `null`: no tempo up to four times does. */
      readonly tempoFactor: number | null;
      /** What a person wrote without which they would fit. */
      readonly forcedBy?: "marks" | SpeedLock;
      /** They are on more than one string: every crossing shifts the hair. */
      readonly crossing?: boolean;
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
      return tooShort(why, note);
  }
}

type TooShort = Extract<BowingRefusal, { kind: "bow-too-short" }>;

function tooShort(why: TooShort, note: string): string {
  const { strokes, neededM, availableM, seconds, slowestMps, forcedBy, crossing } = why;
  const isClose = cm(neededM) === cm(availableM);
  const hair = (metres: number): string => cm(metres, isClose ? 1 : 0);
  const shifted = strokes > 1 && crossing ? ", string crossings included," : "";
  const speed =
    typeof forcedBy === "object"
      ? `with note ${forcedBy.noteIndex + 1} locked to ${forcedBy.speedMps} m/s`
      : `at ${cm(slowestMps)}/s, the slowest that still speaks`;
  return (
    `${span(why, note)} ${strokes > 1 ? "need" : "needs"} ${hair(neededM)} of bow${shifted} for ${seconds.toFixed(1)} s ${speed}, ` +
    `but only ${hair(availableM)} can be used; ${remedy(why)}`
  );
}

function span({ noteIndex, lastNoteIndex, strokes, forcedBy }: TooShort, note: string): string {
  if (lastNoteIndex === noteIndex) return note;
  const bows = `the ${strokes} bows${forcedBy === "marks" ? " as marked" : ""}`;
  return `${strokes > 1 ? bows : "the slur"} from ${note} to note ${lastNoteIndex + 1}`;
}

function remedy({ strokes, tempoFactor, forcedBy }: TooShort): string {
  const tempo = tempoFactor === null ? [] : [`play ${tempoFactor.toFixed(2)} times as fast`];
  if (typeof forcedBy === "object") return [unlocked(forcedBy), ...tempo].join(" or ");
  const split = strokes > 1 ? "split one of the bows" : "split the bow";
  return [...tempo, forcedBy === "marks" ? "change a bow mark" : split].join(" or ");
}

/** Rounded down: what a person then writes must still fit. */
const unlocked = ({ fittingMps }: SpeedLock): string =>
  fittingMps === null ? "drop that lock" : `lock it to at most ${Math.floor(100 * fittingMps) / 100} m/s`;

const cm = (metres: number, decimals = 0): string => `${(metres * 100).toFixed(decimals)} cm`;
