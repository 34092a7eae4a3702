import { excerptAround } from "./score-excerpt.ts";
import { fastestTempo, isFastEnough, slowestTempo } from "./fastest-tempo.ts";
import type { PieceContext } from "./piece-context.ts";
import { provenTempo, type OnTempoBowing } from "./proven-tempo.ts";
import { bowPiece, planPiece, type PieceRefusal } from "./plan-piece.ts";
import type { Score } from "../score/score.ts";

/** Whole pieces planned in one search among transpositions at the most: it is to answer while somebody waits. @assumed */
const MOST_WHOLE_PLANS = 2;
/** Variants whose difficult places are planned in one search among transpositions at the most, for the same reason. @assumed */
const MOST_VARIANTS = 6;
/**
 * After a tempo whose difficult places play but not the whole, how much slower the next is at least, each time, as shares of it: few whole
 * plans are to find one that plays. @assumed
 */
const SLOWER_AFTER_WHOLE = [0.04, 0.04, 0.08, 0.16];
/**
 * Bowings of an excerpt, and of a whole variant, at the most. @source seeded études of bench/etude.ts, of one or two difficult places each:
 * one in a hundred that play needs more than four on the reference cell, one in twenty on the published one
 */
const MOST_BOWINGS = 5;
/** Notes to either side of a difficult place that are planned with it. @assumed */
const AROUND = 4;

/** The note that a refusal is about. */
export const refusedNote = (refusal: PieceRefusal): number =>
  refusal.stage === "bowing" ? refusal.why.noteIndex : refusal.noteIndex;

/**
 * A test for one search among variants of a piece: the places that were refused so far are tried first, as excerpts, and a variant that
 * passes them is planned as a whole. Both are counted; once there were too many, nothing passes any more.
 *
 * @param refused places that are known to be difficult, by note
 */
export function playableTest(context: PieceContext, refused: readonly number[]): (score: Score) => boolean {
  const places = difficultPlaces(context, refused);
  let [variants, wholePlans] = [0, 0];
  return (score) => {
    if (variants >= MOST_VARIANTS || wholePlans >= MOST_WHOLE_PLANS) return false;
    if (!places.canBeBowed(score)) return false;
    variants += 1;
    if (!places.play(score)) return false;
    wholePlans += 1;
    return places.wholePlays(score);
  };
}

/** A piece that was refused, as a search among its tempos knows it. */
export interface RefusedTempo {
  /** Share of the written one. */
  readonly tempo: number;
  /** Notes that are known to be difficult. */
  readonly places: readonly number[];
  /** Whether the arm was too slow: then no search of few bowings has the last word on slower tempos. */
  readonly tooFast: boolean;
}

/**
 * The fastest tempo found of a refused piece, as a share of the written one: looked for with few bowings, and where these play nowhere,
 * proven with as many as the piece itself gets.
 *
 * @param at the piece at a share of the written tempo
 * @param onBowing told of those that take long
 */
export function fastestPlayable(
  at: (factor: number) => Score,
  refused: RefusedTempo,
  context: PieceContext,
  onBowing?: OnTempoBowing,
): number | undefined {
  const quickly = quicklyPlayable(at, refused, context);
  return quickly !== undefined || !refused.tooFast
    ? quickly
    : provenTempo(at, refused.tempo, context, onBowing);
}

/**
 * The fastest tempo that is found while somebody waits: looked for at the difficult places alone, then proven with the whole; where that
 * is refused, its place is one more of them.
 */
function quicklyPlayable(
  at: (factor: number) => Score,
  refused: RefusedTempo,
  context: PieceContext,
): number | undefined {
  const places = difficultPlaces(context, refused.places);
  const looksPlayable = (factor: number): boolean => {
    const score = at(factor);
    return places.canBeBowed(score) && places.play(score);
  };
  // Slower is easier for the arm, nearly always: what it follows neither at the slowest tempo nor half-way there it follows at none.
  const slowest = slowestTempo((factor) => places.canBeBowed(at(factor)), refused.tempo);
  if (slowest === undefined) return undefined;
  if (!places.play(at(slowest)) && !places.play(at((slowest + refused.tempo) / 2))) return undefined;
  let factor = fastestTempo(looksPlayable, refused.tempo);
  for (const slower of SLOWER_AFTER_WHOLE) {
    if (factor === undefined || places.wholePlays(at(factor))) return factor;
    const next = Math.round(100 * factor * (1 - slower)) / 100;
    factor = isFastEnough(next) && looksPlayable(next) ? next : fastestTempo(looksPlayable, next);
  }
  return factor !== undefined && places.wholePlays(at(factor)) ? factor : undefined;
}

/** Places that were refused so far, which whole plans add to. */
function difficultPlaces(context: PieceContext, refused: readonly number[]) {
  const difficult = new Set(refused);
  return {
    /** Much quicker than any look at the arm. */
    canBeBowed: (score: Score): boolean => bowPiece(score, context).ok,
    play: (score: Score): boolean =>
      [...difficult].every(
        (note) => planPiece(excerptAround(score, note, AROUND), context, { mostBowings: MOST_BOWINGS }).ok,
      ),
    wholePlays: (score: Score): boolean => {
      const whole = planPiece(score, context, { mostBowings: MOST_BOWINGS });
      if (!whole.ok) difficult.add(refusedNote(whole.why));
      return whole.ok;
    },
  };
}
