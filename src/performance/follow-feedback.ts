import { headerAt } from "../bag/log-time.ts";
import { pathJoint_rad } from "../evaluation/path-joints.ts";
import { ROS_JOINT_NAMES } from "../math/joints.ts";
import type * as control from "../ros/interfaces/generated/control_msgs.ts";
import type { JointTrajectoryPoint } from "../ros/messages.ts";
import { nanosecondsOf, rosTime } from "../ros/time.ts";
import type { RobotState } from "../stream/robot-link.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";

const MULTI_DOF = {
  transforms: [],
  velocities: [],
  accelerations: [],
  time_from_start: { sec: 0, nanosec: 0 },
};

/** How far a goal has come: where the path is, where the arm is, and the difference. */
export function followFeedback(
  { q_rad, qd_radps, player: { pathTimeS } }: RobotState,
  trajectory: JointTrajectory,
  timeNs: bigint,
): control.FollowJointTrajectory_Feedback {
  const point = (positions: readonly number[], velocities: readonly number[] = []): JointTrajectoryPoint => ({
    positions,
    velocities,
    accelerations: [],
    effort: [],
    time_from_start: rosTime(nanosecondsOf(pathTimeS)),
  });
  const desired = ROS_JOINT_NAMES.map((_, joint) => pathJoint_rad(trajectory, pathTimeS, joint));
  return {
    header: headerAt(timeNs),
    joint_names: ROS_JOINT_NAMES,
    desired: point(desired),
    actual: point(q_rad, qd_radps),
    error: point(desired.map((q, joint) => q - q_rad[joint]!)),
    multi_dof_joint_names: [],
    multi_dof_desired: MULTI_DOF,
    multi_dof_actual: MULTI_DOF,
    multi_dof_error: MULTI_DOF,
  };
}
