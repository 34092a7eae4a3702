import { integralTo, type Point } from "../math/smooth-points.ts";
import { MINIMUM_JERK_SLOPE } from "../math/smoothstep.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { Stroke } from "./stroke.ts";
import { bentRamp, rampTimeS, strokeProgressM } from "./stroke-travel.ts";

/** Accelerations are looked at so far apart [s]. */
const STEP_S = 0.004;
/** The share of what is written is found to this [-]. */
const FINE = 1 / 64;

/**
 * Speeds along a stroke, over its steady speed, as far as written as the hair may accelerate along its string: what goes further is drawn
 * towards the steady speed, all of it by the same share.
 *
 *     hair(t) = progress(bent(t)),   bent' = speeds
 *
 * @param points as written, with a mean of 1
 * @param speedMps of the stroke without them [m/s]
 */
export function gentleSpeeds(
  points: readonly Point[],
  stroke: Pick<Stroke, "startS" | "endS">,
  speedMps: number,
  { stringAccelerationMps2: most, rampS }: Pick<BowingSettings, "stringAccelerationMps2" | "rampS">,
): readonly Point[] {
  if (surelyMost(points, stroke, speedMps, rampS) <= most) return points;
  const towards = (share: number): readonly Point[] =>
    points.map(({ at, value }) => ({ at, value: 1 + share * (value - 1) }));
  const isGentle = (share: number): boolean => largestMps2(towards(share), stroke, speedMps, rampS) <= most;
  if (isGentle(1)) return points;
  let [gentle, harsh] = [0, 1];
  while (harsh - gentle > FINE) {
    const middle = (gentle + harsh) / 2;
    if (isGentle(middle)) gentle = middle;
    else harsh = middle;
  }
  return towards(gentle);
}

/** No acceleration of the stroke is larger [m/s²]; found at once. */
function surelyMost(
  points: readonly Point[],
  { startS, endS }: Pick<Stroke, "startS" | "endS">,
  speedMps: number,
  rampS: number,
): number {
  const fastest = Math.max(...points.map(({ value }) => value));
  const steepest = Math.max(
    0,
    ...points.slice(1).map(({ at, value }, i) => Math.abs(value - points[i]!.value) / (at - points[i]!.at)),
  );
  return MINIMUM_JERK_SLOPE * speedMps * (fastest ** 2 / rampTimeS(endS - startS, rampS) + steepest);
}

function largestMps2(
  points: readonly Point[],
  { startS, endS }: Pick<Stroke, "startS" | "endS">,
  speedMps: number,
  rampS: number,
): number {
  const profile = {
    speedMps,
    durationS: endS - startS,
    startRampS: rampS * bentRamp(points[0]?.value),
    rampS: rampS * bentRamp(points.at(-1)?.value),
  };
  const count = Math.ceil((endS - startS) / STEP_S);
  const hairM = Array.from({ length: count + 1 }, (_, k) =>
    strokeProgressM(profile, integralTo(points, startS + k * STEP_S)),
  );
  let largest = 0;
  for (let k = 1; k < count; k++)
    largest = Math.max(largest, Math.abs(hairM[k + 1]! - 2 * hairM[k]! + hairM[k - 1]!) / STEP_S ** 2);
  return largest;
}
