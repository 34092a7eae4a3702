/** Messages of standard ROS 2 packages under the names that this project calls them by. */
export type {
  Vector3,
  Quaternion,
  PoseStamped,
  WrenchStamped,
} from "./interfaces/generated/geometry_msgs.ts";
export type { Log as LogMessage } from "./interfaces/generated/rcl_interfaces.ts";
export type { JointState } from "./interfaces/generated/sensor_msgs.ts";
export type { Header, String as StringMessage } from "./interfaces/generated/std_msgs.ts";
export type {
  JointTrajectory as JointTrajectoryMessage,
  JointTrajectoryPoint,
} from "./interfaces/generated/trajectory_msgs.ts";

/** float64[] or float64[n]: any row of numbers can be written; a read message holds a Float64Array. */
export type Float64s = ArrayLike<number>;

/** Levels of rcl_interfaces/msg/Log. */
export const LOG_LEVEL = { debug: 10, info: 20, warn: 30, error: 40, fatal: 50 } as const;
