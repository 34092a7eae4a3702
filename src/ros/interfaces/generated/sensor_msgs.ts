/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as std_msgs from "./std_msgs.ts";

/** sensor_msgs/CompressedImage */
export interface CompressedImage {
  readonly header: std_msgs.Header;
  readonly format: string;
  readonly data: ArrayLike<number>;
}

/** sensor_msgs/JointState */
export interface JointState {
  readonly header: std_msgs.Header;
  readonly name: readonly string[];
  readonly position: ArrayLike<number>;
  readonly velocity: ArrayLike<number>;
  readonly effort: ArrayLike<number>;
}
