import type { StringName } from "../score/score.ts";
import { shareOfWindow, type BinWindow } from "./bow-grid.ts";
import type { BowingSettings, BowingWeights } from "./bowing-settings.ts";
import { stringSteps } from "./string-choice.ts";
import type { Stroke } from "./stroke.ts";
import type { StrokeOption } from "./stroke-option.ts";

/** One price paid, by the name of its weight. */
export interface Cost {
  readonly name: keyof BowingWeights;
  readonly cost: number;
}

export const totalCost = (costs: readonly Cost[]): number => costs.reduce((sum, { cost }) => sum + cost, 0);

/** Price of bowing `bins` where `wantedBins` (not whole) were wanted. */
export function speedCost(bins: number, wantedBins: number, weights: BowingWeights): Cost {
  const name = bins < wantedBins ? "slower" : "faster";
  return { name, cost: weights[name] * Math.log(bins / wantedBins) ** 2 };
}

/** Price of being away from where the dynamic likes to be; `place` at half a window. */
export const placeCost = (
  window: BinWindow,
  likedShare: number,
  bin: number,
  weights: BowingWeights,
): number => weights.place * ((shareOfWindow(window, bin) - likedShare) / 0.5) ** 2;

/** Price per string crossed at a place of the bow: none in the easy part, `crossingPlace` half a window outside. */
export function crossingPlaceCost(window: BinWindow, bin: number, settings: BowingSettings): number {
  const { min, max } = settings.crossingShare;
  const share = shareOfWindow(window, bin);
  return settings.weights.crossingPlace * (Math.max(0, min - share, share - max) / 0.5) ** 2;
}

/** How much dearer a crossing is between short notes, >= 1 [-]. */
export const quickness = (quickCrossingS: number, aS: number, bS: number): number =>
  1 + quickCrossingS / Math.min(aS, bS);

/** What happens between two strokes. */
export interface StrokeChange {
  readonly gapS: number;
  /** The bow may stay on the string, and may leave it. */
  readonly mayHold: boolean;
  readonly mayLift: boolean;
  /** Whole bins the hand can move while the bow is off the string. */
  readonly reachBins: number;
  /** The second goes on in the direction of the first. */
  readonly tied: boolean;
  readonly quickness: number;
}

/** Peak acceleration of a minimum-jerk move ÷ (distance ÷ time²) [-]. */
const MINIMUM_JERK_PEAK = 10 / Math.sqrt(3);

/** What the time between two strokes allows. */
export function strokeChange(before: Stroke, after: Stroke, settings: BowingSettings): StrokeChange {
  const gapS = after.startS - before.endS;
  const airS = Math.max(0, gapS - settings.leaveS - settings.landS);
  const reachM = Math.min(
    settings.retakeSpeedMps * airS,
    (settings.retakeAccelerationMps2 * airS * airS) / MINIMUM_JERK_PEAK,
  );
  const [last, first] = [before.notes.at(-1)!, after.notes[0]!];
  return {
    gapS,
    mayHold: gapS < settings.liftRestS || airS === 0,
    mayLift: gapS >= Math.min(settings.liftRestS, settings.retakeRestS) && airS > 0,
    reachBins: Math.floor(reachM / settings.binM + 1e-9),
    tied: after.tied,
    quickness: quickness(settings.quickCrossingS, last.endS - last.startS, first.endS - first.startS),
  };
}

/** Prices of going on with the bow on the string; `undefined` = not allowed. The place of a crossing comes on top. */
export function heldCosts(
  change: StrokeChange,
  from: StrokeOption,
  to: StrokeOption,
  weights: BowingWeights,
): readonly Cost[] | undefined {
  const sameWay = from.direction === to.direction;
  if (!change.mayHold || (change.tied && !sameWay)) return undefined;
  const steps = stringSteps(from.lastString, to.firstString);
  return [
    { name: "sameWay", cost: sameWay && !change.tied ? weights.sameWay : 0 },
    { name: "crossing", cost: weights.crossing * steps * change.quickness },
  ];
}

/** Prices of lifting the bow in between; `undefined` = not allowed. Travel in the air comes on top. */
export function liftedCosts(
  change: StrokeChange,
  from: StrokeOption,
  to: StrokeOption,
  weights: BowingWeights,
): readonly Cost[] | undefined {
  const sameWay = from.direction === to.direction;
  if (!change.mayLift || (change.tied && !sameWay)) return undefined;
  return [
    { name: "retake", cost: change.mayHold ? weights.retake : 0 },
    { name: "sameWayAfterLift", cost: sameWay && !change.tied ? weights.sameWayAfterLift : 0 },
  ];
}

/** Price of changing strings under a slur. */
export const slurCrossingCost = (
  from: StringName,
  to: StringName,
  quick: number,
  weights: BowingWeights,
): number => weights.crossingInSlur * stringSteps(from, to) * quick;
