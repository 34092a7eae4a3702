import { excerptAround } from "./excerpt.ts";
import type { PieceContext } from "./piece-context.ts";
import { planPiece, type PieceRefusal } from "./plan-piece.ts";
import type { Score } from "../score/score.ts";

/** Whole pieces planned in one search among transpositions at the most: it is to answer while somebody waits. @assumed */
const MOST_WHOLE_PLANS = 4;
/**
 * Bowings of one variant at the most. @source seeded études of bench/etude.ts: one in a hundred that play needs more on the reference
 * cell, one in twenty on the published one
 */
const MOST_BOWINGS = 4;
/** Notes to either side of a difficult place that are planned with it. @assumed */
const AROUND = 4;

/** The note that a refusal is about. */
export const refusedNote = (refusal: PieceRefusal): number =>
  refusal.stage === "bowing" ? refusal.why.noteIndex : refusal.noteIndex;

/**
 * A test for one search among variants of a piece: the places that were refused so far are tried first, as excerpts, and a variant that
 * passes them is planned as a whole. Whole plans are counted; once there were too many, nothing passes any more.
 *
 * @param refused places that are known to be difficult, by note
 */
export function playableTest(
  context: PieceContext,
  refused: readonly number[],
  mostWholePlans = MOST_WHOLE_PLANS,
): (score: Score) => boolean {
  const difficult = new Set(refused);
  const plays = (excerpt: Score): boolean => planPiece(excerpt, context, MOST_BOWINGS).ok;
  let wholePlans = 0;
  return (score) => {
    if (wholePlans >= mostWholePlans) return false;
    for (const note of difficult) if (!plays(excerptAround(score, note, AROUND))) return false;
    wholePlans += 1;
    const whole = planPiece(score, context, MOST_BOWINGS);
    if (!whole.ok) difficult.add(refusedNote(whole.why));
    return whole.ok;
  };
}
