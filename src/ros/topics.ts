import type * as cellist from "../cellist_msgs/messages.ts";
import type * as ros from "./messages.ts";

/** What each message type of this project holds. */
export interface MessageTypes {
  readonly "std_msgs/msg/String": ros.StringMessage;
  readonly "geometry_msgs/msg/PoseStamped": ros.PoseStamped;
  readonly "geometry_msgs/msg/WrenchStamped": ros.WrenchStamped;
  readonly "sensor_msgs/msg/JointState": ros.JointState;
  readonly "trajectory_msgs/msg/JointTrajectory": ros.JointTrajectoryMessage;
  readonly "rcl_interfaces/msg/Log": ros.LogMessage;
  readonly "cellist_msgs/msg/BowState": cellist.BowState;
  readonly "cellist_msgs/msg/PlayerState": cellist.PlayerState;
  readonly "cellist_msgs/msg/NoteEvent": cellist.NoteEvent;
  readonly "cellist_msgs/msg/Score": cellist.Score;
  readonly "cellist_msgs/msg/BowPlan": cellist.BowPlan;
  readonly "cellist_msgs/msg/TrajectoryDetails": cellist.TrajectoryDetails;
  readonly "cellist_msgs/msg/Settings": cellist.Settings;
}
export type MessageType = keyof MessageTypes;

/**
 * Every topic of the project: what it carries, and whether a late subscriber still gets the last message
 * (`latched`, QoS transient_local).
 */
export const TOPICS = {
  "/joint_states": { type: "sensor_msgs/msg/JointState", latched: false },
  "/joint_targets": { type: "sensor_msgs/msg/JointState", latched: false },
  "/tcp_pose": { type: "geometry_msgs/msg/PoseStamped", latched: false },
  "/wrench": { type: "geometry_msgs/msg/WrenchStamped", latched: false },
  "/bow_state": { type: "cellist_msgs/msg/BowState", latched: false },
  "/player_state": { type: "cellist_msgs/msg/PlayerState", latched: false },
  "/note_events": { type: "cellist_msgs/msg/NoteEvent", latched: false },
  "/rosout": { type: "rcl_interfaces/msg/Log", latched: true },
  "/score": { type: "cellist_msgs/msg/Score", latched: true },
  "/bow_plan": { type: "cellist_msgs/msg/BowPlan", latched: true },
  "/joint_trajectory": { type: "trajectory_msgs/msg/JointTrajectory", latched: true },
  "/trajectory_details": { type: "cellist_msgs/msg/TrajectoryDetails", latched: true },
  "/robot_description": { type: "std_msgs/msg/String", latched: true },
  "/settings": { type: "cellist_msgs/msg/Settings", latched: true },
} as const satisfies Record<`/${string}`, { readonly type: MessageType; readonly latched: boolean }>;

export type Topic = keyof typeof TOPICS;

/** The message that a topic carries. */
export type MessageOf<T extends Topic> = MessageTypes[(typeof TOPICS)[T]["type"]];
