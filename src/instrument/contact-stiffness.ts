import type { BowedString } from "./strings.ts";

/** Hair ribbon tension [N]. @assumed 65 N, inside the 60-70 N of a cello bow at playing tension */
const HAIR_TENSION_N = 65;
/** Stiffness of stick and frog in series with the ribbon [N/m]. @assumed */
const STICK_STIFFNESS_NPM = 2500;

/**
 * Force per millimetre pressed: string, hair ribbon and stick in series.
 *
 *     k_string = T / (β(1 − β)L),   k_hair = T_h · ℓ / (x(ℓ − x)),   1/k = 1/k_string + 1/k_hair + 1/k_stick
 *
 * @param bowM hair under the string from the frog, inside (0, hairLengthM) [m]
 * @param contactM hair to bridge [m]
 * @returns [N/m], about 350-800 in playing range
 * @source taut string loaded at a point; figures agree with the mdw robot-arm study's sensitivity
 */
export function contactStiffnessNpm(
  string: BowedString,
  at: { readonly bowM: number; readonly contactM: number; readonly stringLengthM: number; readonly hairLengthM: number },
): number {
  const beta = at.contactM / at.stringLengthM;
  const stringNpm = string.tensionN / (beta * (1 - beta) * at.stringLengthM);
  const x = Math.min(Math.max(at.bowM, 0.01), at.hairLengthM - 0.01);
  const hairNpm = (HAIR_TENSION_N * at.hairLengthM) / (x * (at.hairLengthM - x));
  return 1 / (1 / stringNpm + 1 / hairNpm + 1 / STICK_STIFFNESS_NPM);
}
