import { hairComplianceMpN, stringComplianceMpN } from "../contact-stiffness.ts";
import type { StringLine } from "../instrument.ts";

/** A string across the hair; pressed if the straight hair line has passed it. */
export interface PressedString {
  readonly string: StringLine;
  /** Straight hair line beyond the string; > 0 where it is pressed [m]. */
  readonly depthM: number;
  readonly bowM: number;
  readonly alongM: number;
}

/** Gaps [m] and forces [N] this little below zero are zero: far above rounding, far below anything felt. */
const NOTHING = 1e-12;

/**
 * Forces of all strings under one hair: the hair gives way where a string bears it, so its neighbours feel less or none.
 *
 *     gap_i = F_i · c_string,i + Σ_j F_j · c_hair(x_i, x_j) − δ_i ≥ 0,   F_i ≥ 0,   F_i · gap_i = 0
 *
 * The matrix is positive definite, so exactly one set of strings bears. It is found by letting go or taking on the
 * first string that pulls or is sunk through, again and again: no set comes twice, so 2ⁿ turns are enough, and a
 * few are usual. Runs every control cycle.
 *
 * @returns elastic normal force of each [N]
 * @source the linear complementarity problem, solved by Murty's least-index principal pivoting
 */
export function sharedForcesN(pressed: readonly PressedString[], hairLengthM: number): Float64Array {
  const n = pressed.length;
  const A = compliances(pressed, hairLengthM);
  /** Of a bearing string its force, of a clear one its gap; the other of the two is zero. */
  const value = new Float64Array(n);
  for (let i = 0; i < n; i++) value[i] = -pressed[i]!.depthM;
  const bears = pressed.map(() => false);
  for (let turn = 2 ** n; turn > 0; turn--) {
    const wrong = firstWrong(value);
    if (wrong < 0) break;
    exchange(A, value, wrong);
    bears[wrong] = !bears[wrong];
  }
  for (let i = 0; i < n; i++) value[i] = bears[i] ? Math.max(0, value[i]!) : 0;
  return value;
}

/** The first that pulls or is sunk through; -1 if none. */
function firstWrong(value: Float64Array): number {
  for (let i = 0; i < value.length; i++) if (value[i]! < -NOTHING) return i;
  return -1;
}

/** Gap at i per newton at j, with the string's own sinking on the diagonal [m/N]; n × n. */
function compliances(pressed: readonly PressedString[], hairLengthM: number): Float64Array {
  const n = pressed.length;
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const { string, bowM, alongM } = pressed[i]!;
    for (let j = 0; j < i; j++) {
      const shared = hairComplianceMpN(bowM, pressed[j]!.bowM, hairLengthM);
      A[i * n + j] = shared;
      A[j * n + i] = shared;
    }
    const sink = stringComplianceMpN(string.physics, Math.max(alongM, 0.005), string.lengthM);
    A[i * n + i] = hairComplianceMpN(bowM, bowM, hairLengthM) + sink;
  }
  return A;
}

/** Principal pivot in place: `y = A·x + value` with x_k and y_k in each other's place. */
function exchange(A: Float64Array, value: Float64Array, k: number): void {
  const n = value.length;
  const p = 1 / A[k * n + k]!;
  for (let j = 0; j < n; j++) A[k * n + j] = j === k ? p : -A[k * n + j]! * p;
  value[k] = -value[k]! * p;
  for (let i = 0; i < n; i++) {
    if (i === k) continue;
    const a = A[i * n + k]!;
    for (let j = 0; j < n; j++) A[i * n + j] = j === k ? a * p : A[i * n + j]! + a * A[k * n + j]!;
    value[i]! += a * value[k];
  }
}
