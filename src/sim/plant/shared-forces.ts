import { hairComplianceMpN, stringComplianceMpN } from "../../instrument/contact-stiffness.ts";
import type { StringLine } from "../../instrument/instrument.ts";
import { solveInPlace } from "../../math/solve.ts";

/** A string that the straight hair line has passed. */
export interface PressedString {
  readonly string: StringLine;
  /** Straight hair line beyond the string, > 0 [m]. */
  readonly depthM: number;
  readonly bowM: number;
  readonly alongM: number;
}

/**
 * Forces of all strings under one hair: the hair gives way where a string bears it, so its neighbours feel less or none.
 *
 *     δ_i = F_i · c_string,i + Σ_j F_j · c_hair(x_i, x_j),   F_i ≥ 0;   a string with F_i = 0 lies clear of the bent hair
 *
 * The matrix is positive definite, so exactly one set of bearing strings fits; at most four are tried against each
 * other, the fewest first.
 *
 * @returns elastic normal force of each [N]
 */
export function sharedForcesN(pressed: readonly PressedString[], hairLengthM: number): Float64Array {
  const n = pressed.length;
  const forces = new Float64Array(n);
  if (n === 0) return forces;
  const compliance = (i: number, j: number): number =>
    hairComplianceMpN(pressed[i]!.bowM, pressed[j]!.bowM, hairLengthM) + (i === j ? sinkOf(pressed[i]!) : 0);
  for (const bearing of SUBSETS[n - 1]!) {
    const solved = bear(pressed, bearing, compliance);
    if (solved) {
      bearing.forEach((i, k) => (forces[i] = solved[k]!));
      return forces;
    }
  }
  return forces;
}

const sinkOf = ({ string, alongM }: PressedString): number =>
  stringComplianceMpN(string.physics, Math.max(alongM, 0.005), string.lengthM);

/** Forces of the bearing strings alone; undefined if one of them pulls, or another string would be pressed too. */
function bear(
  pressed: readonly PressedString[],
  bearing: readonly number[],
  compliance: (i: number, j: number) => number,
): Float64Array | undefined {
  const A = Float64Array.from(bearing.flatMap((i) => bearing.map((j) => compliance(i, j))));
  const F = Float64Array.from(bearing, (i) => pressed[i]!.depthM);
  if (!solveInPlace(A, F) || F.some((force) => force < 0)) return undefined;
  const clear = pressed.every((string, i) => {
    if (bearing.includes(i)) return true;
    const bentM = bearing.reduce((sum, j, k) => sum + F[k]! * compliance(i, j), 0);
    return string.depthM <= bentM + 1e-12;
  });
  return clear ? F : undefined;
}

/** All non-empty sets of 0 … n − 1, the smallest first, for n = 1 … 4. */
const SUBSETS: readonly (readonly (readonly number[])[])[] = [1, 2, 3, 4].map((n) =>
  Array.from({ length: 2 ** n - 1 }, (_, mask) =>
    Array.from({ length: n }, (_, i) => i).filter((i) => ((mask + 1) >> i) & 1),
  ).sort((a, b) => a.length - b.length),
);
