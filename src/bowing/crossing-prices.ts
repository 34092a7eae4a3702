import { stringsOf, type BowLevel } from "../score/bow-level.ts";
import { bowAtBinM, type BowGrid } from "./bow-grid.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { rollEffort } from "./costs.ts";
import { objectionsAt, objectionsTo, type CrossingWay, type Objection } from "./objection.ts";

/** A crossing on the strings between two notes. */
export interface TimedCrossing extends CrossingWay {
  /** Note that it leads to, index in `Score.notes`. */
  readonly noteIndex: number;
  /** See `turnTimeS`. */
  readonly turnS: number;
}

/** What a crossing costs with the hand at each bin, beyond its being one; undefined = nothing anywhere. */
export type CrossingPrices = (crossing: TimedCrossing) => Float64Array | undefined;

/** Peak ÷ mean speed of a short roll [-]. @source its ramps take 0.42 of its time each: 1 ÷ (1 − 0.42) */
const ROLL_PEAK = 1.72;

/** Time in which the bow may turn from one note's level to the next's: half of the shorter on either side, and the rest between them [s]. */
export const turnTimeS = (beforeS: number, gapS: number, afterS: number): number =>
  gapS + Math.min(beforeS, afterS);

/**
 * Prices of what crossings ask of the arm: of the speed of its joints, and where it objected.
 *
 *     crossingStrain · max(0, strain − 1)² + objected · objections
 *     strain = angle of the turn · effort of the arm per angle · peak ÷ (joint speed · time)
 *
 * @param foresight without it only objections have a price
 */
export function crossingPrices(
  grid: BowGrid,
  settings: BowingSettings,
  objections: readonly Objection[],
  foresight = true,
): CrossingPrices {
  const strained = new Map<string, Float64Array | undefined>();
  const strainOf = (crossing: TimedCrossing): Float64Array | undefined => {
    const key = `${crossing.from} ${crossing.to} ${crossing.turnS}`;
    if (!strained.has(key)) strained.set(key, strainPrices(crossing, grid, settings));
    return strained.get(key);
  };
  return (crossing) => {
    const strain = foresight ? strainOf(crossing) : undefined;
    const here = objectionsTo(objections, crossing.noteIndex, crossing);
    if (here.length === 0) return strain;
    return Float64Array.from(
      { length: grid.bins },
      (_, bin) => (strain?.[bin] ?? 0) + settings.weights.objected * objectionsAt(here, bin, grid),
    );
  };
}

function strainPrices(
  { from, to, turnS }: TimedCrossing,
  grid: BowGrid,
  { weights, crossingJointRadps }: BowingSettings,
): Float64Array | undefined {
  const angle_rad = Math.abs(grid.inclination_rad[from] - grid.inclination_rad[to]);
  const perEffort = (angle_rad * ROLL_PEAK) / (crossingJointRadps * turnS);
  const prices = Float64Array.from({ length: grid.bins }, (_, bin) => {
    const effort = Math.max(effortAt(grid, from, bin), effortAt(grid, to, bin));
    return weights.crossingStrain * Math.max(0, perEffort * effort - 1) ** 2;
  });
  return prices.some((price) => price > 0) ? prices : undefined;
}

const effortAt = (grid: BowGrid, level: BowLevel, bin: number): number =>
  Math.max(...stringsOf(level).map((name) => rollEffort(grid.ease[name], bowAtBinM(grid, name, bin))));
