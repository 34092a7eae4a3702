/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type { RosTime } from "../../time.ts";
import type * as unique_identifier_msgs from "./unique_identifier_msgs.ts";

/** action_msgs/CancelGoal_Request */
export interface CancelGoal_Request {
  readonly goal_info: GoalInfo;
}

/** action_msgs/CancelGoal_Response */
export interface CancelGoal_Response {
  readonly return_code: number;
  readonly goals_canceling: readonly GoalInfo[];
}

/** action_msgs/GoalInfo */
export interface GoalInfo {
  readonly goal_id: unique_identifier_msgs.UUID;
  readonly stamp: RosTime;
}

/** action_msgs/GoalStatus */
export interface GoalStatus {
  readonly goal_info: GoalInfo;
  readonly status: number;
}

/** action_msgs/GoalStatusArray */
export interface GoalStatusArray {
  readonly status_list: readonly GoalStatus[];
}
