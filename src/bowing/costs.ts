import type { ArmEase } from "../instrument/instrument.ts";
import { MINIMUM_JERK_PEAK, MINIMUM_JERK_SLOPE } from "../math/smoothstep.ts";
import { levelSteps, type BowLevel } from "../score/bow-level.ts";
import { shareOfWindow, type BinWindow } from "./bow-grid.ts";
import type { BowingSettings, BowingWeights } from "./bowing-settings.ts";
import type { Stroke } from "./stroke.ts";
import type { StrokeOption } from "./stroke-option.ts";

/** One price paid, by the name of its weight. */
export interface Cost {
  readonly name: keyof BowingWeights;
  readonly cost: number;
}

export const totalCost = (costs: readonly Cost[]): number => costs.reduce((sum, { cost }) => sum + cost, 0);

/**
 * Price of bowing `bins` where `wantedBins` (not whole) were wanted: gentle inside the tolerance, steep beyond it.
 *
 *     weight · ((x + a)² − a²) + beyondTolerance · max(0, |x| − ln(1 + tolerance))²,   x = ln(bins ÷ wanted), a = ln(wanted ÷ asked)
 *
 * @param askedBins what the dynamic asks for; where the hair is too short for it every bit less is heard
 * @param missed what the slowest of its notes lacks of the stroke's speed: a slower bow has so much less of the tolerance, < 1 [-]
 */
export function speedCost(
  bins: number,
  wantedBins: number,
  { weights, speedTolerance }: Pick<BowingSettings, "weights" | "speedTolerance">,
  { askedBins = wantedBins, missed = 0 }: { readonly askedBins?: number; readonly missed?: number } = {},
): Cost {
  const name = bins < wantedBins ? "slower" : "faster";
  const heard = name === "slower" ? 1 - missed : 1;
  const [off, away] = [Math.log(bins / wantedBins), Math.log(wantedBins / askedBins)];
  const beyond = Math.max(0, Math.abs(off) - Math.log((1 + speedTolerance) * heard));
  return { name, cost: weights[name] * off * (off + 2 * away) + weights.beyondTolerance * beyond ** 2 };
}

/** Price of being away from where the dynamic likes to be; `place` at half a window. */
export const placeCost = (
  window: BinWindow,
  likedShare: number,
  bin: number,
  weights: BowingWeights,
): number => weights.place * ((shareOfWindow(window, bin) - likedShare) / 0.5) ** 2;

/** A roll harder than this is hopeless anyway; the price stays finite [-]. @assumed */
const HARD_TURN = 6;

/**
 * Price per string crossed with `bowM` of hair on a string: none in the easy part of the bow, `crossingPlace` half a window
 * outside; and `crossingEffort` where the fastest joint turns once more than the bow does, squared as it grows.
 */
export function crossingPlaceCost(
  at: { readonly share: number; readonly bowM: number; readonly ease: ArmEase },
  settings: Pick<BowingSettings, "crossingShare" | "weights">,
): number {
  const { min, max } = settings.crossingShare;
  const outside = Math.max(0, min - at.share, at.share - max) / 0.5;
  const effort = Math.max(0, rollEffort(at.ease, at.bowM) - 1);
  return settings.weights.crossingPlace * outside ** 2 + settings.weights.crossingEffort * effort ** 2;
}

/** How far the fastest joint turns per turn of the bow about its string, with `bowM` of hair on it [-]. */
export function rollEffort({ fromM, stepM, roll }: ArmEase, bowM: number): number {
  const step = Math.min(Math.max(Math.round((bowM - fromM) / stepM), 0), roll.length - 1);
  return Math.min(roll[step] ?? 1, HARD_TURN);
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
  /** Whole bins the hand can move while the bow is off the string and goes 0, 1/2 … 3 strings on (see `reachAfter`); negative: no time for that. */
  readonly reachBins: readonly number[];
  /** The second goes on in the direction of the first. */
  readonly tied: boolean;
  readonly quickness: number;
}

/** How far the fastest joint turns when the bow is carried through the air. */
export interface AirEffort {
  /** Per metre of bow [rad/m]. */
  readonly turnRadpm: number;
  readonly turnPerString_rad: number;
}

/** What the time between two strokes allows. */
export function strokeChange(
  before: Stroke,
  after: Stroke,
  airEffort: AirEffort,
  settings: BowingSettings,
): StrokeChange {
  const gapS = after.startS - before.endS;
  const airS = Math.max(0, gapS - settings.leaveS - settings.landS);
  const reachM = Math.min(
    settings.retakeSpeedMps * airS,
    (settings.retakeAccelerationMps2 * airS * airS) / MINIMUM_JERK_PEAK,
    (settings.retakeJointRadps2 * airS * airS) / (MINIMUM_JERK_PEAK * airEffort.turnRadpm),
  );
  const [last, first] = [before.notes.at(-1)!, after.notes[0]!];
  return {
    gapS,
    mayHold: gapS < settings.liftRestS || airS === 0,
    mayLift: gapS >= Math.min(settings.liftRestS, settings.retakeRestS) && airS > 0,
    reachBins: [0, 0.5, 1, 1.5, 2, 2.5, 3].map((steps) => {
      // In the air a joint follows the bow's minimum-jerk move: its peak speed counts.
      const turns_rad =
        (settings.retakeJointRadps * airS) / MINIMUM_JERK_SLOPE - steps * airEffort.turnPerString_rad;
      return Math.floor(Math.min(reachM, turns_rad / airEffort.turnRadpm) / settings.binM + 1e-9);
    }),
    tied: after.tied,
    quickness: quickness(settings.quickCrossingS, last.endS - last.startS, first.endS - first.startS),
  };
}

/** What belongs to a way over so many strings in a table of 0, 1/2 … 3. */
export const reachAfter = <T>(table: readonly T[], steps: number): T => table[2 * steps]!;

/** Prices of going on with the bow on the string; `undefined` = not allowed. The place of a crossing comes on top. */
export function heldCosts(
  change: StrokeChange,
  from: StrokeOption,
  to: StrokeOption,
  weights: BowingWeights,
): readonly Cost[] | undefined {
  const sameWay = from.direction === to.direction;
  const steps = levelSteps(from.lastLevel, to.firstLevel);
  const noTimeToLift = reachAfter(change.reachBins, steps) < 0;
  if ((!change.mayHold && !noTimeToLift) || (change.tied && !sameWay)) return undefined;
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
  from: BowLevel,
  to: BowLevel,
  quick: number,
  weights: BowingWeights,
): number => weights.crossingInSlur * levelSteps(from, to) * quick;
