import { smoothstepIntegral } from "../math/smoothstep.ts";

/**
 * Largest share of a stroke that each of its two ramps may take [-].
 *
 * @assumed so that a fifth stays steady: jerk grows with the square of what the ramp is shortened by
 */
const LARGEST_RAMP_SHARE = 0.4;

/** How long the bow takes to start, and again to stop, in one stroke [s]. */
export const rampTimeS = (durationS: number, rampS: number): number =>
  Math.min(rampS, LARGEST_RAMP_SHARE * durationS);

/**
 * A ramp takes the same time however fast the bow is there. On the time of a stroke that is bent by its speeds it is as much longer as the
 * bow is faster than on the mean [-].
 *
 * @param edge speed at that end over the steady one; default steady
 */
export const bentRamp = (edge = 1): number => Math.max(1, edge);

/**
 * Hair that one stroke uses: from rest to its steady speed over a ramp, steady, and back to rest over another.
 *
 *     travel = v · (T − r),   r = min(rampS, 0.4 · T)      each ramp covers v · r / 2
 *
 * Exact for every ramp that is symmetric about its middle, as `smoothstep` is.
 *
 * @param speedMps steady bow speed, > 0 [m/s]
 * @param durationS from the start of the stroke to its end, > 0 [s]
 * @param rampS longest ramp [s]
 * @returns [m]
 */
export const strokeTravelM = (speedMps: number, durationS: number, rampS: number): number =>
  speedMps * (durationS - rampTimeS(durationS, rampS));

/** Steady speed of a stroke that uses `travelM` of hair: the inverse of `strokeTravelM` [m/s]. */
export const strokeSpeedMps = (travelM: number, durationS: number, rampS: number): number =>
  travelM / (durationS - rampTimeS(durationS, rampS));

/** Longest stroke that needs no more than `travelM` of hair at `speedMps`: `strokeTravelM` solved for time [s]. */
export const longestStrokeS = (travelM: number, speedMps: number, rampS: number): number =>
  Math.min(travelM / speedMps + rampS, travelM / speedMps / (1 - LARGEST_RAMP_SHARE));

/** How one end of a stroke joins what is beside it. */
export type StrokeEnd = "rest" | "reversal";

/** One stroke's speed in time. */
export interface StrokeProfile {
  readonly speedMps: number;
  readonly durationS: number;
  readonly rampS: number;
  /** Longer than `rampS` where the string takes its time to speak; default `rampS` [s]. */
  readonly startRampS?: number;
  /** A reversal goes straight on into the opposite stroke: the bow does not linger at speed 0. Default "rest". */
  readonly start?: StrokeEnd;
  readonly end?: StrokeEnd;
}

/**
 * Hair used since the stroke began, in the same profile.
 *
 * From and to rest the speed follows the minimum-jerk step. At a reversal it runs through 0 with full acceleration:
 * the speed rises as `2x − 2x³ + x⁴` over a ramp 5/3 as long, which costs the same hair (its area is 0.7, not 1/2).
 *
 * @param sinceS time since the start of the stroke; clamped to [0, durationS] [s]
 * @returns [m], rising from 0 to `strokeTravelM`
 */
export function strokeProgressM(stroke: StrokeProfile, sinceS: number): number {
  const { speedMps, durationS, rampS, startRampS = rampS, start = "rest", end = "rest" } = stroke;
  const [first, last] = [rampTimeS(durationS, startRampS), rampTimeS(durationS, rampS)];
  const t = Math.min(Math.max(sinceS, 0), durationS);
  // Full speed all the time, less what the two ramps leave undone so far.
  const undoneS = undone(start, first, t) + (undone(end, last, Infinity) - undone(end, last, durationS - t));
  return speedMps * (t - undoneS);
}

/**
 * How much of its stroke's steady speed a note lacks beside a turn of the bow, over the central half by which its speed is judged: what
 * the ramp of the reversal has not yet made up [-].
 *
 * @param noteS first or last note of the stroke, > 0 [s]
 */
export function missedAtTurn(noteS: number, rampS: number): number {
  return (undone("reversal", rampS, 0.75 * noteS) - undone("reversal", rampS, 0.25 * noteS)) / (0.5 * noteS);
}

/** Seconds of full speed that a ramp from 0 has left undone after `t`; r/2 once it is over. */
function undone(kind: StrokeEnd, r: number, t: number): number {
  if (r === 0) return 0;
  if (kind === "rest") return r * (Math.min(t, r) / r - smoothstepIntegral(Math.min(t, r) / r));
  const long = r / (2 * (1 - REVERSAL_AREA));
  const x = Math.min(t, long) / long;
  return long * (x - x * x * (1 - (x * x) / 2 + (x * x * x) / 5));
}

/** ∫ (2x − 2x³ + x⁴) over [0, 1]. */
const REVERSAL_AREA = 0.7;
