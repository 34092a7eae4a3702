import { PROTECTIVE_DECELERATION_RADPS2 } from "./joint-limits.ts";
import type { CommandedJoints, Motion, MotionProgress } from "./motion.ts";
import { StopMotion } from "./stop-motion.ts";

/**
 * A motion that can only begin at rest: first the arm is stopped, then the motion is made from where it stands.
 *
 * @assumed a real controller blends here; coming to rest is the safe reading
 */
export class AfterStop implements Motion {
  readonly #make: (from_rad: Float64Array) => Motion;
  readonly #stop = new StopMotion(PROTECTIVE_DECELERATION_RADPS2);
  #next: Motion | undefined;

  /** @param make given the joints at rest [rad] */
  constructor(make: (from_rad: Float64Array) => Motion) {
    this.#make = make;
  }

  /** What was made; undefined while the arm is still being stopped. */
  get next(): Motion | undefined {
    return this.#next;
  }

  get scaled(): boolean {
    return this.#next?.scaled ?? false;
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    if (this.#next !== undefined) return this.#next.advance(joints, timeS);
    if (this.#stop.advance(joints, timeS) === "over") this.#next = this.#make(joints.q_rad);
    return "moving";
  }
}
