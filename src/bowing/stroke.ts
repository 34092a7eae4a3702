import { ok, refuse, type Outcome } from "../outcome.ts";
import type { Articulation, BowDirection, Score, ScoreNote } from "../score/score.ts";
import { secondsAtTick } from "../score/tempo.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { BowingRefusal } from "./refusal.ts";

/** A note in score seconds, gaps that are only notation closed. */
export interface TimedNote {
  /** With the articulation that it is bowed with. */
  readonly note: ScoreNote;
  readonly startS: number;
  readonly endS: number;
  /** The articulation that is written, where that cannot be bowed. */
  readonly written?: Articulation;
}

/** Notes under one bow direction without a stop of the bow. */
export interface Stroke {
  /** At least one; each starts where the one before ends. */
  readonly notes: readonly TimedNote[];
  readonly startS: number;
  readonly endS: number;
  /** Written direction of any of its notes. */
  readonly marked: BowDirection | undefined;
  /** Slurred over a rest: goes on in the direction of the stroke before. */
  readonly tied: boolean;
}

type Lengths = Pick<BowingSettings, "legatoGapS" | "slurGapS" | "soundShare" | "shortestNoteS">;

/**
 * A note written shorter than this leaves no time for the attack of a martele and its release [s].
 *
 * @assumed four a second, as fast as players do; of quicker ones the reference cell refused half, of these none
 */
export const SHORTEST_MARTELE_S = 0.25;
/** A length in ticks is not quite a length in seconds. */
const ROUNDING_S = 1e-9;

/**
 * Note times as they are bowed. A gap shorter than `legatoGapS` (`slurGapS` under a slur) is given to the note before it;
 * staccato, martele and portato end early, so that the bow stops on the string: under a slur that is a hooked bow. A martele too short
 * for its attack is bowed as staccato.
 */
export function timedNotes(score: Score, lengths: Lengths): readonly TimedNote[] {
  const seconds = (tick: number): number => secondsAtTick(score.tempos, score.ticksPerQuarter, tick);
  const starts = score.notes.map((note) => seconds(note.startTick));
  return score.notes.map((written, i) => {
    const [startS, writtenEndS, nextS] = [starts[i]!, seconds(written.endTick), starts[i + 1] ?? Infinity];
    const bowed = bowedAs(written, writtenEndS - startS);
    const early = earlyEndS(bowed.note, startS, writtenEndS, lengths);
    if (early !== undefined) return { ...bowed, startS, endS: early };
    const longest = score.notes[i + 1]?.slurredFromPrevious ? lengths.slurGapS : lengths.legatoGapS;
    return { ...bowed, startS, endS: nextS - writtenEndS < longest ? nextS : writtenEndS };
  });
}

/** @param lengthS as written */
function bowedAs(note: ScoreNote, lengthS: number): Pick<TimedNote, "note" | "written"> {
  const { articulation: written } = note;
  const isTooShort = written === "martele" && lengthS < SHORTEST_MARTELE_S - ROUNDING_S;
  return isTooShort ? { note: { ...note, articulation: "staccato" }, written } : { note };
}

function earlyEndS(
  { articulation }: ScoreNote,
  startS: number,
  writtenEndS: number,
  { soundShare, shortestNoteS }: Lengths,
): number | undefined {
  if (articulation !== "staccato" && articulation !== "martele" && articulation !== "portato")
    return undefined;
  const soundsS = Math.max(soundShare[articulation] * (writtenEndS - startS), shortestNoteS);
  return startS + soundsS < writtenEndS ? startS + soundsS : undefined;
}

/** Groups notes into strokes, and refuses a slur whose bow marks disagree. */
export function strokesOf(notes: readonly TimedNote[]): Outcome<readonly Stroke[], BowingRefusal> {
  const groups: TimedNote[][] = [];
  let markedBefore: TimedNote | undefined; // the mark that rules the current slur, rests included
  for (const [i, timed] of notes.entries()) {
    const slurred = timed.note.slurredFromPrevious && i > 0;
    if (!slurred) markedBefore = undefined;
    const clash = contradiction(markedBefore?.note, timed);
    if (clash) return refuse(clash);
    if (timed.note.bow) markedBefore ??= timed;
    if (slurred && notes[i - 1]!.endS === timed.startS) groups.at(-1)!.push(timed);
    else groups.push([timed]);
  }
  return ok(groups.map(asStroke));
}

const asStroke = (notes: readonly TimedNote[], index: number): Stroke => ({
  notes,
  startS: notes[0]!.startS,
  endS: notes.at(-1)!.endS,
  marked: notes.find(({ note }) => note.bow)?.note.bow,
  tied: index > 0 && notes[0]!.note.slurredFromPrevious,
});

function contradiction(
  earlier: ScoreNote | undefined,
  { note, startS }: TimedNote,
): BowingRefusal | undefined {
  if (!earlier?.bow || !note.bow || earlier.bow === note.bow) return undefined;
  return {
    kind: "marks-contradict",
    noteIndex: note.index,
    startS,
    bow: note.bow,
    otherNoteIndex: earlier.index,
    otherBow: earlier.bow,
  };
}

/** Speed that a lock gives to a whole bow: that of its first note that has one [m/s]; undefined = none. */
export const lockedSpeedMps = ({ notes }: Pick<Stroke, "notes">): number | undefined =>
  notes.find(({ note }) => note.override?.speedMps !== undefined)?.note.override?.speedMps;
