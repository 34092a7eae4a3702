import { CellistError } from "../errors.ts";
import { provenanceOf } from "../provenance.ts";
import type { Score } from "./score.ts";

/**
 * The same notes at another speed: 0.9 plays at nine tenths of the written tempo, so every moment comes 1/0.9
 * times as late. Ticks do not change.
 *
 * @param factor > 0, 1 = as written
 * @throws usage for a factor that is not a positive number
 */
export function scaleTempo(score: Score, factor: number): Score {
  if (!(factor > 0 && Number.isFinite(factor)))
    throw new CellistError(
      "usage",
      `the tempo factor is ${factor}; it must be a number above 0, such as 0.9.`,
    );
  if (factor === 1) return score;
  return {
    ...score,
    tempos: score.tempos.map(({ tick, usPerQuarter }) => ({ tick, usPerQuarter: usPerQuarter / factor })),
    provenance: provenanceOf("scale-tempo", score.provenance, factor),
  };
}
