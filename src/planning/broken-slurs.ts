import type { BowingRefusal } from "../bowing/refusal.ts";
import type { BowDirection, Score, StringName } from "../score/score.ts";
import type { PieceContext } from "./piece-context.ts";
import { planPiece, type PieceRefusal } from "./plan-piece.ts";

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

/**
 * Slurs that are too long for the bow, broken half-way until they are not; with everything else left open, planning itself has looked for
 * other bows and strings already. Each break leaves less to break.
 *
 * @param tried called before each trial of the whole piece, with how many there were
 * @returns undefined where something else is in the way
 */
export function brokenSlurs(
  score: Score,
  refusal: PieceRefusal,
  context: PieceContext,
  tried: (count: number) => void = () => undefined,
): OtherBowing | undefined {
  let mended: OtherBowing = { score, locks: [] };
  let why = refusal;
  for (let count = 1; ; count++) {
    const way = why.stage === "bowing" ? halfWay(why.why) : undefined;
    if (!way) return undefined;
    mended = { score: withLocks(mended.score, [way]), locks: [...mended.locks, way] };
    tried(count);
    const whole = planPiece(mended.score, context);
    if (whole.ok) return mended;
    why = whole.why;
  }
}

/** A new bow half-way through a slur that is too long; in a slur of two notes at its second. */
function halfWay(why: BowingRefusal): BowLock | undefined {
  if (why.kind !== "bow-too-short" || why.strokes > 1 || why.lastNoteIndex === why.noteIndex)
    return undefined;
  return { noteIndex: Math.ceil((why.noteIndex + why.lastNoteIndex) / 2), slur: "break" };
}

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
  [...locks]
    .sort((a, b) => a.noteIndex - b.noteIndex)
    .map((lock) => {
      const keys = (["slur", "bow", "string"] as const).filter((key) => lock[key] !== undefined);
      return `${placeOf(lock.noteIndex)}: { ${keys.map((key) => `${key}: ${lock[key]!}`).join(", ")} }`;
    });
