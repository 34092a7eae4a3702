import { bowingAlternatives, type Alternative } from "../bowing/alternatives.ts";
import type { BowingRefusal } from "../bowing/refusal.ts";
import { topString } from "../score/bow-level.ts";
import type { BowDirection, Score, StringName } from "../score/score.ts";
import { excerptAround } from "./excerpt.ts";
import { planPiece, type PieceContext, type PieceRefusal } from "./plan-piece.ts";
import { refusedNote } from "./playable-score.ts";

/** What to lock of one note. */
export interface BowLock {
  readonly noteIndex: number;
  readonly bow?: BowDirection;
  readonly string?: StringName;
  /** A new bow here, under a written slur. */
  readonly slur?: "break";
}

/** A piece that can be played, and the locks that make it so. */
export interface OtherBowing {
  readonly score: Score;
  readonly locks: readonly BowLock[];
}

/** Strokes looked at around a refused note, from note to note; ways tried of them; and places mended in one piece. @assumed */
const NOTES_AROUND = 2;
const MOST_WAYS = 6;
const MOST_PLACES = 3;

/**
 * Other bows or strings of single strokes that make a piece playable which the arm cannot follow as it was bowed: at every place that
 * is refused, the cheapest other way of a stroke beside it with which the notes around can be played.
 *
 * Slurs that are too long for the bow are broken half-way until they are not.
 *
 * Bounded: three places, six ways each, tried on the notes around; the whole is planned after each.
 *
 * @param tried called before each trial, with how many there were
 * @returns undefined where none is found, which does not prove that there is none
 */
export function otherBowing(
  score: Score,
  refusal: PieceRefusal,
  context: PieceContext,
  tried: (count: number) => void = () => undefined,
): OtherBowing | undefined {
  let mended: OtherBowing = { score, locks: [] };
  let why = refusal;
  let count = 0;
  let places = 0;
  while (places < MOST_PLACES) {
    if (why.stage === "trajectory") places += 1;
    const way =
      why.stage === "trajectory"
        ? waysAround(mended.score, refusedNote(why), context).find((locks) => {
            tried(++count);
            const around = excerptAround(withLocks(mended.score, locks), refusedNote(why));
            return planPiece(around.score, context).ok;
          })
        : brokenSlur(why.why);
    if (!way) return undefined;
    mended = { score: withLocks(mended.score, way), locks: [...mended.locks, ...way] };
    tried(++count);
    const whole = planPiece(mended.score, context);
    if (whole.ok) return mended;
    why = whole.why;
  }
  return undefined;
}

/** A slur that is too long for the bow, broken half-way; a slur of two notes at its second. Each break leaves less to break. */
function brokenSlur(why: BowingRefusal): readonly BowLock[] | undefined {
  if (why.kind !== "bow-too-short" || why.strokes > 1 || why.lastNoteIndex === why.noteIndex)
    return undefined;
  return [{ noteIndex: Math.ceil((why.noteIndex + why.lastNoteIndex) / 2), slur: "break" }];
}

/** Other ways of the strokes around a note, as locks, cheapest first. */
function waysAround(
  score: Score,
  noteIndex: number,
  { instrument, profile }: PieceContext,
): readonly (readonly BowLock[])[] {
  const { score: around, first } = excerptAround(score, noteIndex);
  const found = bowingAlternatives(around, instrument, profile.bowing);
  if (!found.ok) return [];
  return found.value.ways
    .filter(
      (way) =>
        first + way.noteIndex <= noteIndex + NOTES_AROUND &&
        first + way.noteIndex + way.levels.length > noteIndex - NOTES_AROUND,
    )
    .slice(0, MOST_WAYS)
    .map((way) => locksOf(way, around, first));
}

const locksOf = (
  { noteIndex, direction, levels }: Alternative,
  around: Score,
  first: number,
): readonly BowLock[] =>
  levels.map((level, i) => ({
    noteIndex: first + noteIndex + i,
    string: topString(level),
    ...(i === 0 && !around.notes[noteIndex]!.slurredFromPrevious && { bow: direction }),
  }));

/** The score with locks on its notes; of several on one note the first counts. */
export const withLocks = (score: Score, locks: readonly BowLock[]): Score => ({
  ...score,
  notes: score.notes.map((note) => {
    const { bow, string, slur } = locks.find(({ noteIndex }) => noteIndex === note.index) ?? {};
    const marks = { ...(bow && { bow }), ...(string && { string }) };
    return { ...note, ...marks, ...(slur && { slurredFromPrevious: false }) };
  }),
});

/** The locks as a file of `--locks` has them, by bar.beat. @param placeOf a note's place */
export const lockLines = (
  locks: readonly BowLock[],
  placeOf: (noteIndex: number) => string,
): readonly string[] =>
  [...new Set(locks.map(({ noteIndex }) => noteIndex))]
    .sort((a, b) => a - b)
    .map((noteIndex) => {
      const own = locks.filter((lock) => lock.noteIndex === noteIndex);
      const all = own.reduce((sum, lock) => ({ ...sum, ...lock }));
      const keys = (["slur", "bow", "string"] as const).filter((key) => all[key] !== undefined);
      return `${placeOf(noteIndex)}: { ${keys.map((key) => `${key}: ${all[key]!}`).join(", ")} }`;
    });
