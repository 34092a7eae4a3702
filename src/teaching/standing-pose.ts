import type { RobotControl } from "ur-rtde-ts";
import type { TaughtPose } from "../instrument/calibration.ts";
import type { DhParameters } from "../kinematics/dh.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import type { Joints } from "../math/joints.ts";
import { compose, fromUrPose, toUrPose, type UrPose } from "../math/pose.ts";
import { angleBetween } from "../math/rotation.ts";
import { distance } from "../math/vec.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { nextStates } from "./next-states.ts";

/** A pose is the mean of so many states at 500 Hz. @assumed 0.2 s: a hand that holds still holds that long */
export const STATES = 100;
/** Joints that turn by more than this meanwhile do not stand [rad]. */
const STILL_RAD = 0.003;
/** Joints and pose of one controller agree to rounding once its kinematics are known. @assumed half a hair's width, two minutes of arc */
const AGREE = { M: 0.0005, rad: 0.0006 };

/**
 * Reads where the arm stands, over RTDE: joints as measured, and the TCP's pose as the controller has it.
 *
 * @param arm this arm's own kinematics and the TCP that was set
 * @returns why there is no pose to be had, in words for the operator
 */
export async function standingPose(
  control: RobotControl,
  arm: { readonly dh: DhParameters; readonly tcp_F: readonly number[] },
): Promise<Outcome<TaughtPose, string>> {
  const joints: number[][] = [];
  let pose: number[] = []; // in the middle of them
  await nextStates(control, STATES, ({ actual_q, actual_TCP_pose }, number) => {
    joints.push([...actual_q]);
    if (number === STATES / 2) pose = [...actual_TCP_pose];
  });
  const mean = meanOfStill(joints);
  if (!mean.ok) return mean;
  const q = mean.value as unknown as Joints;
  const X_BT = compose(forwardKinematics(arm.dh, q), fromUrPose("F", "T", arm.tcp_F as unknown as UrPose));
  const told = fromUrPose("B", "T", pose as unknown as UrPose);
  const [offM, off_rad] = [distance(X_BT.p_m, told.p_m), angleBetween(X_BT.R, told.R)];
  if (offM > AGREE.M || off_rad > AGREE.rad)
    return refuse(
      `the controller's pose of the tool lies ${(1e3 * offM).toFixed(2)} mm and ${degrees(off_rad)} from where its joints put it; ` +
        "somebody has changed the TCP meanwhile",
    );
  return ok({ p: pose.map(rounded), q: mean.value.map(rounded) });
}

/**
 * Where an arm was held, of states one after the other.
 *
 * @param joints_rad some `STATES` rows of six
 * @returns why it was not held still, in words for the operator
 */
export function meanOfStill(joints_rad: readonly (readonly number[])[]): Outcome<readonly number[], string> {
  const mean = Array.from(
    { length: 6 },
    (_, j) => joints_rad.reduce((sum, q) => sum + q[j]!, 0) / joints_rad.length,
  );
  const most = Math.max(...joints_rad.flatMap((q) => q.map((v, j) => Math.abs(v - mean[j]!))));
  if (most > STILL_RAD)
    return refuse(`the arm still moves (${degrees(most)} in ${joints_rad.length * 2} ms); hold it still`);
  return ok(mean);
}

/**
 * Where the tool of an arm was, from its joints alone: for an arm that somebody else lets go of, with whatever TCP is set there.
 *
 * @param joints_rad of states one after the other, six each
 * @param arm this arm's own kinematics and the TCP of the calibration
 * @returns why it was not held still, in words for the operator
 */
export function poseOfJoints(
  joints_rad: readonly (readonly number[])[],
  arm: { readonly dh: DhParameters; readonly tcp_F: readonly number[] },
): Outcome<TaughtPose, string> {
  const mean = meanOfStill(joints_rad);
  if (!mean.ok) return mean;
  const X_FT = fromUrPose("F", "T", arm.tcp_F as unknown as UrPose);
  const X_BT = compose(forwardKinematics(arm.dh, mean.value as unknown as Joints), X_FT);
  return ok({ p: toUrPose(X_BT).map(rounded), q: mean.value.map(rounded) });
}

const degrees = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(2)} deg`;
/** Finer than anything is measured, and fit to be read. */
const rounded = (v: number): number => Math.round(v * 1e9) / 1e9;
