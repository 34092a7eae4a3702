import { STRING_NAMES, type BowDirection, type StringName } from "../score/score.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import { isHeldUp, lowerBound, type ScoreClock } from "./score-clock.ts";

/** Hair that bears less than this does not touch [N]. @assumed a fifth of the lightest planned force */
export const TOUCH_N = 0.05;
/** Hair slower than this does not bow in a direction yet [m/s]. @assumed a fortieth of the slowest planned bow */
export const MOVING_MPS = 0.002;
/** Hair slower than this makes no tone [m/s]. @assumed */
export const SOUNDING_MPS = 0.005;

/** The hair on the strings, sample by sample, on the score clock. Strings are 0..3 = C, G, D, A. */
export interface Hair {
  readonly count: number;
  readonly scoreS: Float64Array;
  readonly robotS: Float64Array;
  force(k: number, string: number): number;
  /** > 0 is down-bow. */
  speed(k: number, string: number): number;
  contact(k: number, string: number): number;
  heldUp(k: number): boolean;
  /** First sample at or after a score second. */
  at(scoreS: number): number;
}

/** Consecutive samples, both ends included. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

export function hairOf(record: PerformanceRecord, clock: ScoreClock): Hair {
  const { forceN, bowSpeedMps, contactM } = record.contacts;
  return {
    count: clock.scoreS.length,
    scoreS: clock.scoreS,
    robotS: record.robotTimeS,
    force: (k, string) => forceN[4 * k + string]!,
    speed: (k, string) => bowSpeedMps[4 * k + string]!,
    contact: (k, string) => contactM[4 * k + string]!,
    heldUp: (k) => isHeldUp(record, k),
    at: (scoreS) => lowerBound(clock.scoreS, scoreS),
  };
}

export const stringNumber = (name: StringName): number => STRING_NAMES.indexOf(name);
export const directionSign = (direction: BowDirection): 1 | -1 => (direction === "down" ? 1 : -1);

export const touches = (hair: Hair, k: number, string: number): boolean => hair.force(k, string) >= TOUCH_N;
export const sounds = (hair: Hair, k: number, string: number): boolean =>
  touches(hair, k, string) && Math.abs(hair.speed(k, string)) >= SOUNDING_MPS;

/** Time from a sample to the next, as the score and as the robot counts it [s]. */
export const scoreStepS = (hair: Hair, k: number): number =>
  k + 1 < hair.count ? hair.scoreS[k + 1]! - hair.scoreS[k]! : 0;
export const runLengthS = (hair: Hair, { first, last }: Run): number =>
  hair.robotS[Math.min(last + 1, hair.count - 1)]! - hair.robotS[first]!;

/** Score time in samples [from, to) for which `test` holds [s]. */
export function timeS(hair: Hair, from: number, to: number, test: (k: number) => boolean): number {
  let sum = 0;
  for (let k = from; k < to; k++) if (test(k)) sum += scoreStepS(hair, k);
  return sum;
}

/** Runs of samples in [from, to) for which `test` holds. */
export function runsWhere(from: number, to: number, test: (k: number) => boolean): Run[] {
  const runs: Run[] = [];
  let first = -1;
  for (let k = Math.max(0, from); k <= to; k++) {
    const holds = k < to && test(k);
    if (holds && first < 0) first = k;
    if (!holds && first >= 0) {
      runs.push({ first, last: k - 1 });
      first = -1;
    }
  }
  return runs;
}
