import { forHumanHand, type HandPlace } from "../bowing/left-hand.ts";
import { express } from "../expression/express.ts";
import { parseExpression } from "../expression/expression-settings.ts";
import { lockNotes } from "../score/note-locks.ts";
import { onOpenStrings } from "../score/open-strings.ts";
import type { Piece } from "../score/piece.ts";
import type { ReadScoreOptions } from "../score/read-score.ts";
import { scaleTempo } from "../score/scale-tempo.ts";
import type { Score } from "../score/score.ts";
import { loadPiece } from "./load-piece.ts";
import { readInputText } from "./read-input.ts";

/** Who stops the strings: nobody in particular (the simulation), a human beside the arm, or nobody at all. */
export const LEFT_HANDS = ["virtual", "human", "open"] as const;
export type LeftHand = (typeof LEFT_HANDS)[number];

/** How a piece is to be played, beside what its file says. */
export interface Arrangement {
  readonly leftHand: LeftHand;
  /** Path of a file of locks; empty = none. */
  readonly locks: string;
  /** Text for `parseExpression`; empty = none. */
  readonly express: string;
  /** Share of the written tempo. */
  readonly tempo: number;
}

/** A piece arranged to be played. */
export interface ArrangedPiece {
  readonly piece: Piece;
  /** Arranged, at the written tempo and at the one asked for. */
  readonly written: Score;
  readonly score: Score;
  /** Where a human hand stops each note; empty for other hands. */
  readonly hand: readonly HandPlace[];
}

/**
 * Loads a piece and arranges it: open strings, locks, the human hand around them, expression, tempo.
 *
 * @throws as `loadPiece`, and markings-invalid or usage for locks and expression
 */
export async function arrangedPiece(
  nameOrPath: string,
  reading: Omit<ReadScoreOptions, "markings">,
  { leftHand, locks, express: rules, tempo }: Arrangement,
): Promise<ArrangedPiece> {
  const expression = parseExpression(rules);
  const piece = await loadPiece(nameOrPath, reading);
  const bare = leftHand === "open" ? onOpenStrings(piece.score) : piece.score;
  const locked = locks === "" ? bare : lockNotes(bare, await readInputText(locks, "locks"));
  const hand = leftHand === "human" ? forHumanHand(locked) : { score: locked, places: [] };
  const written = express(hand.score, expression);
  return { piece, written, score: scaleTempo(written, tempo), hand: hand.places };
}
