/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as geometry_msgs from "./geometry_msgs.ts";

/** tf2_msgs/TFMessage */
export interface TFMessage {
  readonly transforms: readonly geometry_msgs.TransformStamped[];
}
