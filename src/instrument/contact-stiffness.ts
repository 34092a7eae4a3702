import type { BowedString } from "./strings.ts";

/** Hair ribbon tension [N]. @assumed 65 N, inside the 60-70 N of a cello bow at playing tension */
const HAIR_TENSION_N = 65;
/** Stiffness of stick and frog in series with the ribbon [N/m]. @assumed */
const STICK_STIFFNESS_NPM = 2500;

/** The hair's ends give no more than this near them [m]. @assumed the ribbon is clamped over a centimetre */
const CLAMPED_M = 0.01;

/**
 * How far the hair gives at one place per newton at another: ribbon under tension, and the stick behind it.
 *
 *     w(x)/F(ξ) = min(x, ξ) · (ℓ − max(x, ξ)) / (T_h · ℓ) + 1/k_stick
 *
 * @param atM where it gives, @param loadM where it is pressed: from the frog [m]
 * @returns [m/N]
 * @source taut string loaded at a point
 */
export function hairComplianceMpN(atM: number, loadM: number, hairLengthM: number): number {
  const lastM = hairLengthM - CLAMPED_M;
  const near = Math.min(Math.max(Math.min(atM, loadM), CLAMPED_M), lastM);
  const far = Math.min(Math.max(Math.max(atM, loadM), CLAMPED_M), lastM);
  return (near * (hairLengthM - far)) / (HAIR_TENSION_N * hairLengthM) + 1 / STICK_STIFFNESS_NPM;
}

/** How far a string sinks per newton at its contact point: β(1 − β)L/T [m/N]. */
export function stringComplianceMpN(string: BowedString, contactM: number, stringLengthM: number): number {
  const beta = contactM / stringLengthM;
  return (beta * (1 - beta) * stringLengthM) / string.tensionN;
}

/**
 * Force per metre pressed, for one string alone under the hair: string, hair ribbon and stick in series.
 *
 * @param bowM hair under the string from the frog, inside (0, hairLengthM) [m]
 * @param contactM hair to bridge [m]
 * @returns [N/m]: about 300 in the middle of the bow, 800 near its ends
 */
export function contactStiffnessNpm(
  string: BowedString,
  at: {
    readonly bowM: number;
    readonly contactM: number;
    readonly stringLengthM: number;
    readonly hairLengthM: number;
  },
): number {
  const { bowM, contactM, stringLengthM, hairLengthM } = at;
  return (
    1 / (stringComplianceMpN(string, contactM, stringLengthM) + hairComplianceMpN(bowM, bowM, hairLengthM))
  );
}
