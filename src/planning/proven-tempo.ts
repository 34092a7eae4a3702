import { fasterTempo, slowestTempo } from "./fastest-tempo.ts";
import type { PieceContext } from "./piece-context.ts";
import { bowPiece, isTooFast, planPiece } from "./plan-piece.ts";
import type { Score } from "../score/score.ts";

/** Told before every bowing at a tempo, from 1; the tempo as a share of the written one. */
export type OnTempoBowing = (factor: number, bowing: number) => void;

/**
 * Whole plans at most that are to be faster than the first that plays. @assumed four tell 3 % apart between half of the written tempo and all
 * of it; each costs as much as a plan of the piece
 */
const MOST_FASTER = 4;
/**
 * Bowings of a faster plan at most, as a multiple of the most that one which plays took. @source sixteenths between the open C and A at 140
 * on the reference cell: 35 bowings at 50 %, 34 at 68 %, and 214 before 70 % is given up
 */
const MORE_BOWINGS = 1.5;

/**
 * The fastest tempo found with whole plans, for what few bowings find at none: the slowest is planned as the piece itself would be, as often
 * bowed anew as that takes, and where it plays, a few faster ones are.
 *
 * @param refused the tempo that was refused, as a share of the written one
 * @returns a share of the written tempo in whole per cents, at which the piece plays; undefined = it was refused at the slowest
 */
export function provenTempo(
  at: (factor: number) => Score,
  refused: number,
  context: PieceContext,
  onBowing?: OnTempoBowing,
): number | undefined {
  let most = 0;
  const planned = (factor: number, mostBowings: number) => {
    let bowings = 0;
    const plan = planPiece(at(factor), context, {
      mostBowings,
      onBowing: (bowing) => {
        bowings = bowing;
        onBowing?.(factor, bowing);
      },
    });
    if (plan.ok) most = Math.max(most, bowings);
    return plan;
  };
  const slowest = slowestTempo((factor) => bowPiece(at(factor), context).ok, refused);
  if (slowest === undefined) return undefined;
  const slow = planned(slowest, Infinity);
  // Slower is no easier where strokes reach farther along the bow, and the arm does not: then half-way may be.
  const halfWay = Math.round(50 * (slowest + refused)) / 100;
  const triesHalfWay = !slow.ok && !isTooFast(slow.why) && halfWay < refused;
  if (!slow.ok && !(triesHalfWay && planned(halfWay, Infinity).ok)) return undefined;
  const plays = slow.ok ? slowest : halfWay;
  return fasterTempo((factor) => planned(factor, MORE_BOWINGS * most).ok, { plays, refused }, MOST_FASTER);
}
