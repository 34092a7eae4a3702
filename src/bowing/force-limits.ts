import type { BowedString } from "../instrument/strings.ts";

/**
 * Largest bow force that still lets the string slip once per period (Helmholtz motion).
 *
 *     F_max = 2 · Z₀ · v_b / (β · (µs − µd))
 *
 * @param bowSpeedMps bow speed at the string, > 0 [m/s]
 * @param beta contact distance from the bridge ÷ vibrating string length, in (0, 1) [-]
 * @returns force along the string normal [N]
 * @source Schelleng, JASA 53 (1973); derived in Woodhouse, euphonics.org §9.3.1
 */
export function maxBowForceN(string: BowedString, bowSpeedMps: number, beta: number): number {
  return (2 * string.impedanceKgps * bowSpeedMps) / (beta * string.frictionDrop);
}

/**
 * Smallest bow force that still holds the string until the corner comes back.
 *
 *     F_min = Z₀² · v_b / (2 · R · β² · (µs − µd))
 *
 * Real strings need more than this; plan with a margin.
 *
 * @param bowSpeedMps bow speed at the string, > 0 [m/s]
 * @param beta contact distance from the bridge ÷ vibrating string length, in (0, 1) [-]
 * @returns force along the string normal [N]
 * @source Schelleng, JASA 53 (1973); the body as one resistance R at the bridge, euphonics.org §9.3.1
 */
export function minBowForceN(string: BowedString, bowSpeedMps: number, beta: number): number {
  const Z = string.impedanceKgps;
  return (Z * Z * bowSpeedMps) / (2 * string.bridgeResistanceKgps * beta * beta * string.frictionDrop);
}

/**
 * Length of string that sounds when the left hand stops it at a pitch.
 *
 *     L(midi) = L_open · 2^(−(midi − open) / 12)
 *
 * @param openLengthM sounding length of the open string [m]
 * @returns [m]
 */
export const vibratingLengthM = (openLengthM: number, openMidi: number, midi: number): number =>
  openLengthM * 2 ** ((openMidi - midi) / 12);
