/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as geometry_msgs from "./geometry_msgs.ts";
import type * as std_msgs from "./std_msgs.ts";
import type { RosTime } from "../../time.ts";

/** trajectory_msgs/JointTrajectory */
export interface JointTrajectory {
  readonly header: std_msgs.Header;
  readonly joint_names: readonly string[];
  readonly points: readonly JointTrajectoryPoint[];
}

/** trajectory_msgs/JointTrajectoryPoint */
export interface JointTrajectoryPoint {
  readonly positions: ArrayLike<number>;
  readonly velocities: ArrayLike<number>;
  readonly accelerations: ArrayLike<number>;
  readonly effort: ArrayLike<number>;
  readonly time_from_start: RosTime;
}

/** trajectory_msgs/MultiDOFJointTrajectory */
export interface MultiDOFJointTrajectory {
  readonly header: std_msgs.Header;
  readonly joint_names: readonly string[];
  readonly points: readonly MultiDOFJointTrajectoryPoint[];
}

/** trajectory_msgs/MultiDOFJointTrajectoryPoint */
export interface MultiDOFJointTrajectoryPoint {
  readonly transforms: readonly geometry_msgs.Transform[];
  readonly velocities: readonly geometry_msgs.Twist[];
  readonly accelerations: readonly geometry_msgs.Twist[];
  readonly time_from_start: RosTime;
}
