import type { PlayerCommand, PlayerState } from "ur-rtde-ts";
import type { StringContacts } from "../instrument/hair/string-contacts.ts";
import type { Joints } from "../math/joints.ts";
import type { UrPose } from "../math/pose.ts";
import type { Knot } from "./knot.ts";

/** What the arm says every control period. All of it was heard, none of it was assumed. */
export interface RobotState {
  /** Robot controller clock [s]. The robot is the metronome of every control loop. */
  readonly robotTimeS: number;
  readonly q_rad: Joints;
  readonly qd_radps: Joints;
  /** What the controller asked of its joints. */
  readonly targetQ_rad: Joints;
  /** Motor currents [A]. */
  readonly currentA: Joints;
  /** Pose of the TCP in the base [m, rotation vector in rad]. */
  readonly tcpPose: UrPose;
  /** Force and torque at the TCP, base frame [N, Nm]. */
  readonly tcpWrench: UrPose;
  readonly robotMode: number;
  readonly safetyStatus: number;
  /** Speed slider times controller's own scaling, 0..1. */
  readonly speedScaling: number;
  readonly player: PlayerState;
  /** Simulated truth of hair on strings; absent on a real arm, where no sensor knows it. */
  readonly contact?: StringContacts;
}

/** The only door to an arm: simulated, replayed or real. The planner and recorder cannot tell which. */
export interface RobotLink {
  /** Period of the states; known before `connect()` [s]. */
  readonly periodS: number;
  /** Opens the link and checks the arm; rejects with a `CellistError` that says what is wrong. */
  connect(): Promise<void>;
  /** Every state in order, none skipped, until the link closes. `listener` must not keep the object. */
  onState(listener: (state: RobotState) => void): void;
  /** Called once when the link is gone, with the reason (undefined after our own `close`). */
  onClosed(listener: (reason: Error | undefined) => void): void;
  /** Hands over one knot; false = not now, try again after the next state (back-pressure). */
  sendKnot(knot: Knot): boolean;
  command(command: PlayerCommand): void;
  /** Brings the arm to rest and closes. Safe to call twice, safe to call unconnected. */
  close(): Promise<void>;
}
