/** What the motion generator asks of the joints: position, and its derivatives by the motion's own time. */
export interface CommandedJoints {
  readonly q_rad: Float64Array;
  readonly v_radps: Float64Array;
  readonly a_radps2: Float64Array;
}

/** Why the controller stops the arm by itself. */
export interface MotionFault {
  /** Controller's error code: C153 is code 153, argument 0. */
  readonly code: number;
  readonly argument: number;
  readonly text: string;
}

/** After an advance: still moving, at its end, or refused by the controller's limits. */
export type MotionProgress = "moving" | "over" | MotionFault;

/** A way to move all six joints, one cycle after the other. */
export interface Motion {
  /** Its time runs as the speed slider and pauses let it; a stop's does not. */
  readonly scaled: boolean;
  /** Motor torques beyond what carries the arm, if these and no path move it now [Nm]. */
  readonly torqueNm?: Float64Array | undefined;
  /**
   * Moves on by `timeS` of its own time (> 0) and leaves position, speed and acceleration at the end of it.
   */
  advance(joints: CommandedJoints, timeS: number): MotionProgress;
}

/** Largest absolute value of six. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < 6; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}

/** At rest where it is. */
export function rest(joints: CommandedJoints): void {
  joints.v_radps.fill(0);
  joints.a_radps2.fill(0);
}
