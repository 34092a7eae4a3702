import type { StringContacts } from "../../stream/robot-link.ts";

/** The simulated body of the arm: joints that are driven, hair that touches strings. One step is one control cycle. */
export interface Plant {
  /** Control cycle [s]: 0.002. */
  readonly periodS: number;
  /** Joint state after the last step; the same arrays every time. */
  readonly q_rad: Float64Array;
  readonly qd_radps: Float64Array;
  /** Motor torque that was needed [Nm]. */
  readonly torqueNm: Float64Array;
  /** Force and torque of the strings on the bow, at the TCP, base frame [N, Nm]; length 6. */
  readonly tcpWrench: Float64Array;
  readonly contacts: StringContacts;
  /** Moves the arm at once to rest at `q_rad` (power-on pose). */
  reset(q_rad: ArrayLike<number>): void;
  /** One control cycle towards the controller's joint targets. Brakes on = targets ignored, joints locked. */
  step(target: JointTarget): void;
  dispose(): void;
}

export interface JointTarget {
  readonly q_rad: ArrayLike<number>;
  readonly qd_radps: ArrayLike<number>;
  readonly qdd_radps2: ArrayLike<number>;
  readonly brakesOn: boolean;
}
