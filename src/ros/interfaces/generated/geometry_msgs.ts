/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as std_msgs from "./std_msgs.ts";

/** geometry_msgs/Point */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** geometry_msgs/Pose */
export interface Pose {
  readonly position: Point;
  readonly orientation: Quaternion;
}

/** geometry_msgs/PoseStamped */
export interface PoseStamped {
  readonly header: std_msgs.Header;
  readonly pose: Pose;
}

/** geometry_msgs/Quaternion */
export interface Quaternion {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly w: number;
}

/** geometry_msgs/Transform */
export interface Transform {
  readonly translation: Vector3;
  readonly rotation: Quaternion;
}

/** geometry_msgs/TransformStamped */
export interface TransformStamped {
  readonly header: std_msgs.Header;
  readonly child_frame_id: string;
  readonly transform: Transform;
}

/** geometry_msgs/Twist */
export interface Twist {
  readonly linear: Vector3;
  readonly angular: Vector3;
}

/** geometry_msgs/Vector3 */
export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** geometry_msgs/Wrench */
export interface Wrench {
  readonly force: Vector3;
  readonly torque: Vector3;
}

/** geometry_msgs/WrenchStamped */
export interface WrenchStamped {
  readonly header: std_msgs.Header;
  readonly wrench: Wrench;
}
