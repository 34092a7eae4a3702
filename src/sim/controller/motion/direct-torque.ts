import { FreeArm, type MeasuredJoints } from "./free-arm.ts";
import { DEFAULT_DECELERATION_RADPS2 } from "./joint-limits.ts";
import type { CommandedJoints, Motion, MotionProgress } from "./motion.ts";
import { StopMotion } from "./stop-motion.ts";

/** `direct_torque`: the joints under the program's own torques, a cycle per call. Brakes when nobody renews it. */
export class DirectTorque implements Motion {
  readonly scaled = false;
  readonly #free: FreeArm;
  #asked: readonly number[] = [0, 0, 0, 0, 0, 0];
  #fresh = false;
  #stop: StopMotion | undefined;

  constructor(measured: MeasuredJoints) {
    this.#free = new FreeArm(measured, (torqueNm) => torqueNm.set(this.#asked));
  }

  /** @param torqueNm on top of what carries the arm [Nm] */
  ask(torqueNm: readonly number[]): void {
    this.#asked = torqueNm;
    this.#fresh = true;
    this.#stop = undefined;
  }

  get callIsOver(): boolean {
    return !this.#fresh;
  }

  get torqueNm(): Float64Array | undefined {
    return this.#stop === undefined ? this.#free.torqueNm : undefined;
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    if (!this.#fresh) {
      this.#stop ??= new StopMotion(DEFAULT_DECELERATION_RADPS2);
      return this.#stop.advance(joints, timeS);
    }
    this.#fresh = false;
    return this.#free.advance(joints);
  }
}
