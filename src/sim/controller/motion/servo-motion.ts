import { MAX_ACCELERATION_RADPS2, MAX_SPEED_RADPS, STOP_SPEED_RADPS } from "./joint-limits.ts";
import type { CommandedJoints, Motion, MotionFault, MotionProgress } from "./motion.ts";

/** Lag of a ramp beyond the look-ahead time [s]. @assumed from the 34 ms seen with a look-ahead of 30 ms */
export const SERVO_EXTRA_LAG_S = 0.004;
const [MIN_LOOKAHEAD_S, MAX_LOOKAHEAD_S] = [0.03, 0.2];

/** One `servoj` call. */
export interface ServoTarget {
  readonly q_rad: ArrayLike<number>;
  /** How long the call keeps its thread [s]. */
  readonly timeS: number;
  readonly lookaheadS: number;
}

/**
 * `servoj`: each joint follows its target through a critically damped filter of the second order,
 *
 *     τ² ẍ + 2τ ẋ + x = u,   2τ = lookahead_time + 4 ms,
 *
 * so that it lags a steady ramp by exactly 2τ. The target u moves evenly from the last one to the new one during
 * the call's time and then stands; the filter's answer to that is exact, not a numerical step. Without new targets
 * the arm comes to rest on the last one, as a real one does.
 *
 * @assumed UR does not publish its servo. `gain` has no part in this model.
 */
export class ServoMotion implements Motion {
  readonly scaled = true;
  readonly #from_rad = new Float64Array(6);
  readonly #target_rad: Float64Array;
  #leftS = 0;
  #tauS = 0;

  /** @param q_rad where the joints are */
  constructor(q_rad: ArrayLike<number>) {
    this.#target_rad = Float64Array.from(q_rad);
    this.#from_rad.set(this.#target_rad);
  }

  /** A new call. Time by which the last one was overdrawn counts, so that calls keep pace on the average. */
  aim(target: ServoTarget): void {
    const lookaheadS = Math.min(MAX_LOOKAHEAD_S, Math.max(MIN_LOOKAHEAD_S, target.lookaheadS));
    this.#tauS = (lookaheadS + SERVO_EXTRA_LAG_S) / 2;
    for (let i = 0; i < 6; i++) this.#target_rad[i] = target.q_rad[i]!;
    this.#leftS = Math.max(target.timeS + Math.min(0, this.#leftS), 1e-9);
  }

  /** The call's time is over. */
  get callIsOver(): boolean {
    return this.#leftS <= 1e-9;
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    const part = this.#leftS > timeS ? timeS / this.#leftS : 1;
    this.#leftS = Math.max(this.#leftS - timeS, -timeS);
    const decay = Math.exp(-timeS / this.#tauS);
    for (let i = 0; i < 6; i++) {
      const from = this.#from_rad[i]!;
      const to = part === 1 ? this.#target_rad[i]! : from + part * (this.#target_rad[i]! - from);
      this.#from_rad[i] = to;
      this.#follow(joints, i, { from, to, timeS, decay });
    }
    return this.#refusal(joints) ?? "moving";
  }

  /** A steady ramp at the stop speed lags by so much; whoever lags more was asked for more. */
  #refusal({ q_rad }: CommandedJoints): MotionFault | undefined {
    const most_rad = STOP_SPEED_RADPS * 2 * this.#tauS + 1e-9;
    for (let i = 0; i < 6; i++) {
      const lag_rad = Math.abs(this.#from_rad[i]! - q_rad[i]!);
      if (lag_rad > most_rad) return pathDeviation(i, lag_rad);
    }
    return undefined;
  }

  /** e = x − (u − 2τ u̇) obeys the homogeneous equation: e(t) = (A + B t) exp(−t/τ). */
  #follow(joints: CommandedJoints, i: number, ramp: Ramp): void {
    const { q_rad, v_radps, a_radps2 } = joints;
    const { from, to, timeS, decay } = ramp;
    const tauS = this.#tauS;
    const slope = (to - from) / timeS;
    const A = q_rad[i]! - (from - 2 * tauS * slope);
    const B = v_radps[i]! - slope + A / tauS;
    const v = slope + (B - (A + B * timeS) / tauS) * decay;
    const mean = (v - v_radps[i]!) / timeS;
    const vMost = v_radps[i]! + MAX_ACCELERATION_RADPS2 * timeS;
    const vLeast = v_radps[i]! - MAX_ACCELERATION_RADPS2 * timeS;
    const allowed = Math.min(MAX_SPEED_RADPS, vMost, Math.max(-MAX_SPEED_RADPS, vLeast, v));
    if (allowed === v) {
      q_rad[i] = to - 2 * tauS * slope + (A + B * timeS) * decay;
      v_radps[i] = v;
      a_radps2[i] = (-2 * B + (A + B * timeS) / tauS) * (decay / tauS);
      if (Math.abs(a_radps2[i]) > MAX_ACCELERATION_RADPS2) a_radps2[i] = mean;
      return;
    }
    a_radps2[i] = (allowed - v_radps[i]!) / timeS;
    q_rad[i] = q_rad[i]! + 0.5 * timeS * (v_radps[i]! + allowed);
    v_radps[i] = allowed;
  }
}

interface Ramp {
  readonly from: number;
  readonly to: number;
  readonly timeS: number;
  readonly decay: number;
}

const pathDeviation = (joint: number, lag_rad: number): MotionFault => ({
  code: 153,
  argument: joint,
  text: `Position deviates from path: joint ${joint} is ${lag_rad.toFixed(3)} rad from its servoj target`,
});
