/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type { RosTime } from "../../time.ts";

/** rosgraph_msgs/Clock */
export interface Clock {
  readonly clock: RosTime;
}
