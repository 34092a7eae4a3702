import type { Pose } from "../../math/pose.ts";
import type { Vec3 } from "../../math/vec.ts";
import type { StringContacts } from "../../instrument/hair/string-contacts.ts";

/** The tool of the simulated body as somebody outside sees it, base frame. */
export interface ToolMotion {
  readonly X_BT: Pose<"B", "T">;
  readonly v_mps: Vec3;
  readonly w_radps: Vec3;
}

/** Somebody or something that pulls at the tool: a hand, a wall. Force and torque about the TCP, base axes [N, Nm]. */
export type OutsideForce = (tool: ToolMotion) => readonly number[];

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
  readonly gravityMps2: number;
  /** What pulls at the tool from now on, beside the strings; undefined = nothing. */
  setOutside(force: OutsideForce | undefined): void;
  /** Mass hanging at the payload's centre of which neither model nor servo knows [kg]; may be negative. */
  setHiddenMass(massKg: number): void;
  /** Joint-space inertia with rotors at other joints than the arm's, [6 × 6] row-major [kg m²]. */
  massMatrix(q_rad: ArrayLike<number>): Float64Array;
  /** Torques of velocity products alone, without weight [Nm]. */
  coriolisNm(q_rad: ArrayLike<number>, qd_radps: ArrayLike<number>): Float64Array;
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
  /**
   * Instead of a target: motor torques beyond those that carry the arm's weight and velocity products [Nm]. The other
   * fields are not looked at then.
   */
  readonly torqueNm?: ArrayLike<number> | undefined;
}
