import type { CommandedJoints, Motion, MotionProgress } from "./motion.ts";
import { largest, rest } from "./motion.ts";
import { DEFAULT_DECELERATION_RADPS2, MAX_ACCELERATION_RADPS2, MAX_SPEED_RADPS } from "./joint-limits.ts";

/** `speedj`: towards even joint speeds, all joints in step. Brakes as hard as it sped up when nobody renews it. */
export class JointSpeed implements Motion {
  readonly scaled = true;
  readonly #wanted_radps: Float64Array;
  readonly #timeS: number;
  #accelerationRadps2: number;
  #elapsedS = 0;
  #reached = false;
  #abandoned = false;

  /** @param timeS how long the call keeps its thread [s]; 0 = until the speed is reached */
  constructor(wanted_radps: ArrayLike<number>, accelerationRadps2: number, timeS: number) {
    this.#wanted_radps = Float64Array.from(wanted_radps, (v) =>
      Math.max(-MAX_SPEED_RADPS, Math.min(MAX_SPEED_RADPS, v)),
    );
    this.#accelerationRadps2 = Math.min(accelerationRadps2, MAX_ACCELERATION_RADPS2);
    this.#timeS = timeS;
  }

  /** The call's time is over; unless another motion follows in this cycle, the arm brakes. */
  callIsOver(): boolean {
    this.#abandoned = this.#timeS > 0 ? this.#elapsedS >= this.#timeS - 1e-9 : this.#reached;
    return this.#abandoned;
  }

  advance({ q_rad, v_radps, a_radps2 }: CommandedJoints, timeS: number): MotionProgress {
    if (this.#abandoned) {
      this.#wanted_radps.fill(0);
      this.#accelerationRadps2 = Math.max(this.#accelerationRadps2, DEFAULT_DECELERATION_RADPS2);
    }
    const missing = this.#wanted_radps.map((wanted, i) => wanted - v_radps[i]!);
    const most = largest(missing);
    const share = most > 0 ? Math.min(1, (this.#accelerationRadps2 * timeS) / most) : 0;
    for (let i = 0; i < 6; i++) {
      const change = share * missing[i]!;
      q_rad[i] = q_rad[i]! + timeS * (v_radps[i]! + 0.5 * change);
      v_radps[i] = v_radps[i]! + change;
      a_radps2[i] = change / timeS;
    }
    this.#elapsedS += timeS;
    this.#reached = share === 1 || most === 0;
    if (!this.#abandoned || !this.#reached) return "moving";
    rest({ q_rad, v_radps, a_radps2 });
    return "over";
  }
}
