import { smoothstepIntegral } from "../math/smoothstep.ts";

/** Largest share of a stroke that each of its two ramps may take [-]. @assumed so that 40 % stays steady */
const LARGEST_RAMP_SHARE = 0.3;

/** How long the bow takes to start, and again to stop, in one stroke [s]. */
export const rampTimeS = (durationS: number, rampS: number): number =>
  Math.min(rampS, LARGEST_RAMP_SHARE * durationS);

/**
 * Hair that one stroke uses: from rest to its steady speed over a ramp, steady, and back to rest over another.
 *
 *     travel = v · (T − r),   r = min(rampS, 0.3 · T)      each ramp covers v · r / 2
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

/**
 * Hair used since the stroke began, in the same profile, with minimum-jerk ramps.
 *
 * @param sinceS time since the start of the stroke; clamped to [0, durationS] [s]
 * @returns [m], rising from 0 to `strokeTravelM`
 */
export function strokeProgressM(
  stroke: { readonly speedMps: number; readonly durationS: number; readonly rampS: number },
  sinceS: number,
): number {
  const { speedMps, durationS } = stroke;
  const r = rampTimeS(durationS, stroke.rampS);
  const t = Math.min(Math.max(sinceS, 0), durationS);
  if (t < r) return speedMps * r * smoothstepIntegral(t / r);
  if (t <= durationS - r) return speedMps * (t - r / 2);
  return speedMps * (durationS - r) - speedMps * r * smoothstepIntegral((durationS - t) / r);
}
