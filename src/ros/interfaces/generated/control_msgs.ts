/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as std_msgs from "./std_msgs.ts";
import type { RosTime } from "../../time.ts";
import type * as trajectory_msgs from "./trajectory_msgs.ts";

/** control_msgs/FollowJointTrajectory_Feedback */
export interface FollowJointTrajectory_Feedback {
  readonly header: std_msgs.Header;
  readonly joint_names: readonly string[];
  readonly desired: trajectory_msgs.JointTrajectoryPoint;
  readonly actual: trajectory_msgs.JointTrajectoryPoint;
  readonly error: trajectory_msgs.JointTrajectoryPoint;
  readonly multi_dof_joint_names: readonly string[];
  readonly multi_dof_desired: trajectory_msgs.MultiDOFJointTrajectoryPoint;
  readonly multi_dof_actual: trajectory_msgs.MultiDOFJointTrajectoryPoint;
  readonly multi_dof_error: trajectory_msgs.MultiDOFJointTrajectoryPoint;
}

/** control_msgs/FollowJointTrajectory_Goal */
export interface FollowJointTrajectory_Goal {
  readonly trajectory: trajectory_msgs.JointTrajectory;
  readonly multi_dof_trajectory: trajectory_msgs.MultiDOFJointTrajectory;
  readonly path_tolerance: readonly JointTolerance[];
  readonly component_path_tolerance: readonly JointComponentTolerance[];
  readonly goal_tolerance: readonly JointTolerance[];
  readonly component_goal_tolerance: readonly JointComponentTolerance[];
  readonly goal_time_tolerance: RosTime;
}

/** control_msgs/FollowJointTrajectory_Result */
export interface FollowJointTrajectory_Result {
  readonly error_code: number;
  readonly error_string: string;
}

/** control_msgs/JointComponentTolerance */
export interface JointComponentTolerance {
  readonly joint_name: string;
  readonly component: number;
  readonly position: number;
  readonly velocity: number;
  readonly acceleration: number;
}

/** control_msgs/JointTolerance */
export interface JointTolerance {
  readonly name: string;
  readonly position: number;
  readonly velocity: number;
  readonly acceleration: number;
}
