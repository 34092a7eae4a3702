import type { CommandedJoints, Motion, MotionProgress } from "./motion.ts";

/** What the arm really does, as it is measured. */
export interface MeasuredJoints {
  readonly q_rad: ArrayLike<number>;
  readonly qd_radps: ArrayLike<number>;
}

/**
 * The arm under torques of its own instead of a path: weight and inertia are carried, nothing else holds it. What is
 * commanded follows what the arm does.
 */
export class FreeArm implements Motion {
  readonly scaled = false;
  /** Motor torque beyond what carries the arm [Nm]. */
  readonly torqueNm = new Float64Array(6);
  readonly #measured: MeasuredJoints;
  readonly #law: (torqueNm: Float64Array) => void;

  /** @param law fills in the torques of a cycle */
  constructor(measured: MeasuredJoints, law: (torqueNm: Float64Array) => void) {
    this.#measured = measured;
    this.#law = law;
  }

  advance({ q_rad, v_radps, a_radps2 }: CommandedJoints): MotionProgress {
    this.#law(this.torqueNm);
    q_rad.set(this.#measured.q_rad);
    v_radps.set(this.#measured.qd_radps);
    a_radps2.fill(0);
    return "moving";
  }
}
