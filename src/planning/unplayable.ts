import { CellistError } from "../errors.ts";
import type { Score } from "../score/score.ts";
import { scaleTempo } from "../score/scale-tempo.ts";
import { isFastEnough, SLOWEST_PERCENT } from "./fastest-tempo.ts";
import type { PieceContext } from "./piece-context.ts";
import { explainPieceRefusal, isRoomsFault, isTooFast, type PieceRefusal } from "./plan-piece.ts";
import { fastestPlayable, refusedNote } from "./playable-score.ts";
import type { OnTempoBowing } from "./proven-tempo.ts";

/**
 * A refusal as the sentence for people: which note, which limit, and the fastest tempo that works, where one may.
 *
 * @param score as it was to be played; `written` is the same at the written tempo, `tempo` the share of it
 * @param onBowing told of bowings at slower tempos where few of them did not help
 */
export function unplayable(
  refusal: PieceRefusal,
  pieces: { readonly score: Score; readonly written: Score; readonly tempo: number },
  context: PieceContext,
  onBowing?: OnTempoBowing,
): CellistError {
  const { score, written, tempo } = pieces;
  const why = `${score.title} cannot be played: ${explainPieceRefusal(refusal, score)}`;
  // What cannot be bowed, needs a faster tempo, or has something in its way before it begins stays so in a slower one.
  if (refusal.stage === "bowing" || isRoomsFault(refusal) || !isFastEnough(tempo - 0.01))
    return new CellistError("unplayable", why, { refusal: refusal.why });
  const refused = { tempo, places: [refusedNote(refusal)], tooFast: isTooFast(refusal) };
  const fastest = fastestPlayable((factor) => scaleTempo(written, factor), refused, context, onBowing);
  const offer =
    fastest === undefined
      ? `no tempo down to ${SLOWEST_PERCENT}% of the written one was found to help`
      : `the fastest playable tempo found is ${Math.round(fastest * 100)}% of the written one (--tempo ${Math.round(fastest * 100)}%)`;
  return new CellistError("unplayable", `${why}; ${offer}`, { refusal: refusal.why, fastestTempo: fastest });
}
