/** The services and topics that ROS 2 makes an action of. @source design.ros2.org, "Actions" */
export const actionNames = (action: string, type: string) => ({
  sendGoal: { name: `${action}/_action/send_goal`, type: `${type}_SendGoal` },
  getResult: { name: `${action}/_action/get_result`, type: `${type}_GetResult` },
  cancelGoal: { name: `${action}/_action/cancel_goal`, type: "action_msgs/srv/CancelGoal" },
  feedback: { name: `${action}/_action/feedback`, type: `${type}_FeedbackMessage` },
  status: { name: `${action}/_action/status`, type: "action_msgs/msg/GoalStatusArray" },
});

/** States of a goal. @source action_msgs/msg/GoalStatus */
export const GOAL_STATUS = {
  accepted: 1,
  executing: 2,
  canceling: 3,
  succeeded: 4,
  canceled: 5,
  aborted: 6,
} as const;
export type GoalState = keyof typeof GOAL_STATUS;
/** How a goal ends. */
export type GoalEnd = "succeeded" | "canceled" | "aborted";

export const goalState = (status: number): GoalState =>
  (Object.keys(GOAL_STATUS) as GoalState[]).find((name) => GOAL_STATUS[name] === status) ?? "aborted";

/** A goal's identity as text. */
export const goalKey = (uuid: ArrayLike<number>): string =>
  Array.from(uuid, (b) => b.toString(16).padStart(2, "0")).join("");
