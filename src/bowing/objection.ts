import type { BowLevel } from "../score/bow-level.ts";
import type { BowDirection } from "../score/score.ts";
import { bowAtBinM, type BowGrid } from "./bow-grid.ts";

/** From where to where the bow crosses (it may stay on its string), and how it moves before and after. */
export interface CrossingWay {
  readonly from: BowLevel;
  readonly to: BowLevel;
  readonly before: BowDirection;
  readonly after: BowDirection;
}

/** A crossing or bow change on the strings that the arm cannot follow, or not what it leads to: the bow should take another way there. */
export interface Objection extends CrossingWay {
  /** Note that the crossing leads to, index in `Score.notes`. */
  readonly noteIndex: number;
  /** Hair on the new string as it is reached, from the frog; and how far around it the objection holds [m]. */
  readonly bowM: number;
  readonly reachM: number;
}

export const isSameWay = (a: CrossingWay, b: CrossingWay): boolean =>
  a.from === b.from && a.to === b.to && a.before === b.before && a.after === b.after;

/** The objections to one way of crossing into a note, wherever on the hair. */
export const objectionsTo = (
  objections: readonly Objection[],
  noteIndex: number,
  way: CrossingWay,
): readonly Objection[] => objections.filter((one) => one.noteIndex === noteIndex && isSameWay(one, way));

/** How many objections to one way hold at a hand position, which need not be a whole bin. */
export function objectionsAt(toOneWay: readonly Objection[], bin: number, grid: BowGrid): number {
  return toOneWay.filter(({ to, bowM, reachM }) => Math.abs(bowM - bowAtBinM(grid, to, bin)) <= reachM)
    .length;
}
