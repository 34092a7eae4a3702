import type { BowLevel } from "../score/bow-level.ts";
import type { BowDirection } from "../score/score.ts";
import { bowAtBinM, type BowGrid } from "./bow-grid.ts";

/** From where to where the bow crosses, and how it moves before and after. */
export interface CrossingWay {
  readonly from: BowLevel;
  readonly to: BowLevel;
  readonly before: BowDirection;
  readonly after: BowDirection;
}

/** A crossing on the strings that the arm cannot follow: the bow should take another way there. */
export interface Objection extends CrossingWay {
  /** Note that the crossing leads to, index in `Score.notes`. */
  readonly noteIndex: number;
  /** Hair on the new string as it is reached, from the frog; and how far around it the objection holds [m]. */
  readonly bowM: number;
  readonly reachM: number;
}

export const isSameWay = (a: CrossingWay, b: CrossingWay): boolean =>
  a.from === b.from && a.to === b.to && a.before === b.before && a.after === b.after;

/** How many objections hold for a crossing at a hand position, which need not be a whole bin. */
export const objectionsAt = (
  objections: readonly Objection[],
  way: CrossingWay,
  bin: number,
  grid: BowGrid,
): number => {
  const bowM = bowAtBinM(grid, way.to, bin);
  return objections.filter((one) => isSameWay(one, way) && Math.abs(one.bowM - bowM) <= one.reachM).length;
};
