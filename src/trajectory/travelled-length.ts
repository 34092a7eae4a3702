import { fastestPace, type PacedPath } from "./fastest-pace.ts";

/**
 * Accelerations change over this time, twice [s]. @source tried on the ways of `bench/independent`: 12 rad/s² over 30 ms are a
 *   third of the jerk that the shipped profiles allow free motion, and cost 4 % of the time
 */
export const EASE_S = 0.03;
/** Grid of times [s]. */
export const FINE_S = 0.001;

/**
 * Length travelled along a path at every `FINE_S`, from rest to rest: as fast as its limits allow, then averaged over a moving
 * window twice, so that the jerk is bounded.
 */
export function travelledLength(path: PacedPath): Float64Array {
  return eased(eased(evenTimes(fastestPace(path), path.step), EASE_S), EASE_S);
}

/** Length travelled at even times [FINE_S], from the squared pace at even lengths. */
function evenTimes(pace: Float64Array, step: number): Float64Array {
  const times = new Float64Array(pace.length);
  for (let i = 1; i < pace.length; i++)
    times[i] = times[i - 1]! + (2 * step) / (Math.sqrt(pace[i - 1]!) + Math.sqrt(pace[i]!));
  const total = times.at(-1)!;
  const travelled = new Float64Array(Math.ceil(total / FINE_S) + 1);
  let i = 1;
  for (let k = 0; k < travelled.length; k++) {
    const t = Math.min(k * FINE_S, total);
    while (i < times.length - 1 && times[i]! < t) i++;
    const [t0, v0, v1] = [times[i - 1]!, Math.sqrt(pace[i - 1]!), Math.sqrt(pace[i]!)];
    const acceleration = (v1 - v0) / (times[i]! - t0);
    travelled[k] = (i - 1) * step + v0 * (t - t0) + (acceleration * (t - t0) ** 2) / 2;
  }
  travelled[travelled.length - 1] = (pace.length - 1) * step;
  return travelled;
}

/** Moving average over `windowS`: before the start nothing is travelled, after the end all of it. */
function eased(travelled: Float64Array, windowS: number): Float64Array {
  const width = Math.round(windowS / FINE_S);
  const last = travelled.length - 1;
  const result = new Float64Array(travelled.length + width);
  let sum = 0;
  for (let k = 0; k < result.length; k++) {
    sum += travelled[Math.min(k, last)]!;
    if (k >= width + 1) sum -= travelled[Math.min(k - width - 1, last)]!;
    result[k] = sum / (width + 1);
  }
  return result;
}
