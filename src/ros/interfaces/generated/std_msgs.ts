/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type { RosTime } from "../../time.ts";

/** std_msgs/Bool */
export interface Bool {
  readonly data: boolean;
}

/** std_msgs/ColorRGBA */
export interface ColorRGBA {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/** std_msgs/Header */
export interface Header {
  readonly stamp: RosTime;
  readonly frame_id: string;
}

/** std_msgs/String */
export interface String {
  readonly data: string;
}
