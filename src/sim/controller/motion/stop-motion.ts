import { type CommandedJoints, largest, type Motion, type MotionProgress, rest } from "./motion.ts";

/** Brings all joints to rest together, along the direction they move in; the fastest decelerates as told. */
export class StopMotion implements Motion {
  readonly scaled = false;
  readonly #decelerationRadps2: number;
  #leftS: number | undefined;

  constructor(decelerationRadps2: number) {
    this.#decelerationRadps2 = decelerationRadps2;
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    const { q_rad, v_radps, a_radps2 } = joints;
    const leftS = (this.#leftS ??= largest(v_radps) / this.#decelerationRadps2);
    const stepS = Math.min(timeS, leftS);
    for (let i = 0; i < 6; i++) {
      const a = leftS > 0 ? -v_radps[i]! / leftS : 0;
      q_rad[i] = q_rad[i]! + stepS * (v_radps[i]! + 0.5 * stepS * a);
      v_radps[i] = v_radps[i]! + stepS * a;
      a_radps2[i] = a;
    }
    this.#leftS = leftS - stepS;
    if (this.#leftS > 0) return "moving";
    rest(joints);
    return "over";
  }
}
