import type { CommandedJoints, MotionFault } from "./motion.ts";

/** Lets forces move the arm away from what the program alone would do. */
export interface Yielding {
  /**
   * One cycle.
   *
   * @param program what the program's motion asks for, in real time
   * @param commanded what was asked of the joints in the last cycle; overwritten
   */
  follow(
    program: { readonly q_rad: Float64Array; readonly qd_radps: Float64Array },
    commanded: CommandedJoints,
  ): MotionFault | undefined;
}
