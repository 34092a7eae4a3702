/** The string slid under the hair from sticking to sticking. */
export interface Slip {
  readonly startS: number;
  readonly lengthS: number;
  /** Way of the string under the hair, >= 0 [m]. */
  readonly travelM: number;
}

/** What the string was asked to do while its slips were recorded. */
export interface SteadyBowing {
  readonly sampleRateHz: number;
  readonly bowSpeedMps: number;
  readonly periodS: number;
  /** Share of the sounding string between bridge and hair [-]. */
  readonly beta: number;
}

/** Below this share of the ideal slip speed v/β, or of the ideal way v·T, it is ripple, not a slip. */
const RIPPLE = 0.15;

/**
 * The slips in a record of slip speed (`playString`), without the ripples that every slip drags behind it.
 *
 * @param slipMps one value per sample, 0 = stuck
 */
export function findSlips(slipMps: Float64Array, bowing: SteadyBowing): Slip[] {
  const floorMps = (RIPPLE * Math.abs(bowing.bowSpeedMps)) / bowing.beta;
  const gap = Math.ceil(0.015 * bowing.periodS * bowing.sampleRateHz) + 1;
  const slips: Slip[] = [];
  for (let i = 0; i < slipMps.length; i++) {
    if (Math.abs(slipMps[i]!) <= floorMps) continue;
    const [start, travel, end] = oneSlip(slipMps, i, floorMps, gap);
    const travelM = travel / bowing.sampleRateHz;
    if (travelM > RIPPLE * Math.abs(bowing.bowSpeedMps) * bowing.periodS)
      slips.push({
        startS: start / bowing.sampleRateHz,
        lengthS: (end - start) / bowing.sampleRateHz,
        travelM,
      });
    i = end;
  }
  return slips;
}

/** A slip from `start` until `gap` samples without one: where it begins, the sum of its speeds, where it ends. */
function oneSlip(
  slipMps: Float64Array,
  start: number,
  floorMps: number,
  gap: number,
): [number, number, number] {
  let [travel, end] = [0, start];
  for (let i = start; i < slipMps.length && i - end <= gap; i++)
    if (Math.abs(slipMps[i]!) > floorMps) {
      travel += Math.abs(slipMps[i]!);
      end = i + 1;
    }
  return [start, travel, end];
}

/**
 * When Helmholtz motion began: the first of `cycles` periods in a row with exactly one slip each, evenly spaced within
 * 5 %; `undefined` if it never did.
 */
export function helmholtzFromS(slips: readonly Slip[], periodS: number, cycles = 5): number | undefined {
  let run = 0;
  for (let i = 1; i < slips.length; i++) {
    const even = Math.abs((slips[i]!.startS - slips[i - 1]!.startS) / periodS - 1) < 0.05;
    run = even ? run + 1 : 0;
    if (run >= cycles) return slips[i - cycles]!.startS;
  }
  return undefined;
}
