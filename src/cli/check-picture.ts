import type { CellistError } from "../errors.ts";
import { preflightPicture } from "../pictures/preflight-picture.ts";
import { rangePicture } from "../pictures/range-picture.ts";
import { unbowedPlace, unfollowedPlace } from "../pictures/refused-place.ts";
import { clearanceFor } from "../planning/clearance-checks.ts";
import { musicContext } from "../planning/follow-plan.ts";
import { explainPieceRefusal, type PieceRefusal, type PlannedMotion } from "../planning/plan-piece.ts";
import { motionAsked } from "../trajectory/motion-asked.ts";
import { scaleTempo } from "../score/scale-tempo.ts";
import { loadPiece } from "../shelf/load-piece.ts";
import { readingOf, type PieceAtHand, type PieceOptions } from "./piece-options.ts";

/** How near a piece comes to the limits. @returns an SVG file */
export const playablePicture = (at: PieceAtHand, { plan, trajectory }: PlannedMotion): string =>
  preflightPicture({
    ...surroundings(at),
    heading: `${at.score.title} can be played on "${at.instrument.name}"`,
    plan,
    motion: trajectory,
  });

/** The same of a refused one, as far as it could be planned, with the place marked. */
export function refusedPicture(at: PieceAtHand, why: PieceRefusal): string {
  const { score } = at;
  const heading = `${score.title} cannot be played on "${at.instrument.name}": ${explainPieceRefusal(why, score)}`;
  if (why.stage === "bowing")
    return preflightPicture({ ...surroundings(at), heading, refused: unbowedPlace(score, why.why) });
  const motion = motionAsked(why.plan, musicContext(at));
  return preflightPicture({
    ...surroundings(at),
    heading,
    plan: why.plan,
    ...(motion && { motion }),
    refused: unfollowedPlace(score, why.plan, why.why),
  });
}

/** The notes of a piece, of which the cello does not have all. */
export async function outsidePicture(
  name: string,
  options: PieceOptions,
  { message }: CellistError,
): Promise<string> {
  const { score } = await loadPiece(name, { ...readingOf(options), anyPitch: true });
  return rangePicture(scaleTempo(score, options.tempo), message);
}

const surroundings = (at: PieceAtHand) => ({
  score: at.score,
  limits: at.profile.limits,
  clearance: clearanceFor(at),
});
