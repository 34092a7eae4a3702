import type { Joints } from "../math/joints.ts";

/** One point of the path as sent to the controller: quintic Hermite data at a path time. */
export interface Knot {
  /** 0-based, consecutive. */
  readonly index: number;
  /** Path time, strictly increasing [s]. */
  readonly timeS: number;
  readonly q_rad: Joints;
  readonly qd_radps: Joints;
  readonly qdd_radps2: Joints;
  /** The path ends here, at rest. */
  readonly last: boolean;
}
