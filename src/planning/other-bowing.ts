import { bowingAlternatives, type Alternative } from "../bowing/alternatives.ts";
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
 * Bounded: three places, six ways each, tried on the notes around; the whole is planned after each.
 *
 * @param tried called before each trial, with how many there were
 * @returns undefined where none is found, which does not prove that there is none, and where the refusal is not the arm's
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
  for (let place = 0; place < MOST_PLACES; place++) {
    if (why.stage !== "trajectory") return undefined;
    const way = waysAround(mended.score, refusedNote(why), context).find((locks) => {
      tried(++count);
      const around = excerptAround(withLocks(mended.score, locks), refusedNote(why));
      return planPiece(around.score, context).ok;
    });
    if (!way) return undefined;
    mended = { score: withLocks(mended.score, way), locks: [...mended.locks, ...way] };
    tried(++count);
    const whole = planPiece(mended.score, context);
    if (whole.ok) return mended;
    why = whole.why;
  }
  return undefined;
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

const withLocks = (score: Score, locks: readonly BowLock[]): Score => ({
  ...score,
  notes: score.notes.map((note) => {
    const { bow, string } = locks.find(({ noteIndex }) => noteIndex === note.index) ?? {};
    return { ...note, ...(bow && { bow }), ...(string && { string }) };
  }),
});

/** The locks as a file of `--locks` has them, by bar.beat. @param placeOf a note's place */
export const lockLines = (
  locks: readonly BowLock[],
  placeOf: (noteIndex: number) => string,
): readonly string[] =>
  locks.map(({ noteIndex, bow, string }) => {
    const said = [...(bow ? [`bow: ${bow}`] : []), ...(string ? [`string: ${string}`] : [])];
    return `${placeOf(noteIndex)}: { ${said.join(", ")} }`;
  });
