import type { Joints } from "../math/joints.ts";
import type { PostureControls } from "./posture-controls.ts";

/** Control points of a posture, first and last of them. */
export interface ControlRange {
  readonly first: number;
  readonly last: number;
}

/** Part of a path that is planned anew, from and to the path around it, which stays: the control points that are chosen anew. */
export interface OpenStretch extends ControlRange {
  /** Those of the whole piece; all but the open ones stay. */
  readonly around: PostureControls;
  /** Joints of the path before at a score second: they tell the branch. */
  readonly jointsAt: (scoreS: number) => Joints;
}

/** How many spacings away a control point of a posture is still felt. */
export const CONTROL_REACH = 2;
