/** float64[] or float64[n]: any row of numbers can be written; a read message holds a Float64Array. */
export type Float64s = ArrayLike<number>;

/** builtin_interfaces/Time and builtin_interfaces/Duration; `nanosec` in [0, 1e9). */
export interface RosTime {
  readonly sec: number;
  readonly nanosec: number;
}

/** std_msgs/msg/Header */
export interface Header {
  readonly stamp: RosTime;
  readonly frame_id: string;
}

/** std_msgs/msg/String */
export interface StringMessage {
  readonly data: string;
}

/** geometry_msgs/msg/Vector3 and geometry_msgs/msg/Point */
export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** geometry_msgs/msg/Quaternion, unit length. */
export interface Quaternion extends Vector3 {
  readonly w: number;
}

/** geometry_msgs/msg/PoseStamped; position [m]. */
export interface PoseStamped {
  readonly header: Header;
  readonly pose: { readonly position: Vector3; readonly orientation: Quaternion };
}

/** geometry_msgs/msg/WrenchStamped; [N] and [Nm]. */
export interface WrenchStamped {
  readonly header: Header;
  readonly wrench: { readonly force: Vector3; readonly torque: Vector3 };
}

/** sensor_msgs/msg/JointState; [rad], [rad/s], effort is motor current here [A]. */
export interface JointState {
  readonly header: Header;
  readonly name: readonly string[];
  readonly position: Float64s;
  readonly velocity: Float64s;
  readonly effort: Float64s;
}

/** trajectory_msgs/msg/JointTrajectoryPoint; [rad], [rad/s], [rad/s²]. */
export interface JointTrajectoryPoint {
  readonly positions: Float64s;
  readonly velocities: Float64s;
  readonly accelerations: Float64s;
  readonly effort: Float64s;
  readonly time_from_start: RosTime;
}

/** trajectory_msgs/msg/JointTrajectory */
export interface JointTrajectoryMessage {
  readonly header: Header;
  readonly joint_names: readonly string[];
  readonly points: readonly JointTrajectoryPoint[];
}

/** rcl_interfaces/msg/Log */
export interface LogMessage {
  readonly stamp: RosTime;
  /** One of LOG_LEVEL. */
  readonly level: number;
  readonly name: string;
  readonly msg: string;
  readonly file: string;
  readonly function: string;
  readonly line: number;
}

/** Levels of rcl_interfaces/msg/Log. */
export const LOG_LEVEL = { debug: 10, info: 20, warn: 30, error: 40, fatal: 50 } as const;
