import type { MessageTypes } from "./interfaces/generated/tables.ts";
import { EVENT_QOS, LATCHED_QOS, STREAM_QOS, type Qos } from "./qos.ts";

export type { MessageTypes } from "./interfaces/generated/tables.ts";
export type MessageType = keyof MessageTypes;

/** What a topic carries and how. `latched`: a late subscriber still gets the last message. */
interface TopicFacts {
  readonly type: MessageType;
  readonly latched: boolean;
  readonly qos: Qos;
}

const stream = <T extends MessageType>(type: T) => ({ type, latched: false, qos: STREAM_QOS }) as const;
const event = <T extends MessageType>(type: T) => ({ type, latched: false, qos: EVENT_QOS }) as const;
const fact = <T extends MessageType>(type: T) => ({ type, latched: true, qos: LATCHED_QOS }) as const;

/**
 * Every topic of the project: what it carries and how. Nodes name them without the slash, so that a namespace can
 * come before; in a bag they stand as here.
 */
export const TOPICS = {
  "/joint_states": stream("sensor_msgs/msg/JointState"),
  "/joint_targets": stream("sensor_msgs/msg/JointState"),
  "/tcp_pose": stream("geometry_msgs/msg/PoseStamped"),
  "/wrench": stream("geometry_msgs/msg/WrenchStamped"),
  "/bow_state": stream("cellist_msgs/msg/BowState"),
  "/player_state": stream("cellist_msgs/msg/PlayerState"),
  "/note_events": event("cellist_msgs/msg/NoteEvent"),
  "/rosout": { ...fact("rcl_interfaces/msg/Log"), qos: { ...LATCHED_QOS, depth: 1000 } },
  "/score": fact("cellist_msgs/msg/Score"),
  "/bow_plan": fact("cellist_msgs/msg/BowPlan"),
  "/bow_objections": event("cellist_msgs/msg/BowObjections"),
  "/joint_trajectory": fact("trajectory_msgs/msg/JointTrajectory"),
  "/trajectory_details": fact("cellist_msgs/msg/TrajectoryDetails"),
  "/robot_description": fact("std_msgs/msg/String"),
  "/settings": fact("cellist_msgs/msg/Settings"),
  "/refusal": fact("cellist_msgs/msg/Refusal"),
  "/controller": fact("cellist_msgs/msg/ControllerAddress"),
  "/recording": fact("cellist_msgs/msg/Recording"),
  "/sound": fact("cellist_msgs/msg/Sound"),
  "/report": fact("cellist_msgs/msg/Report"),
  "/clock": {
    ...stream("rosgraph_msgs/msg/Clock"),
    qos: { ...STREAM_QOS, reliability: "best_effort", depth: 1 },
  },
  "/tf": { ...stream("tf2_msgs/msg/TFMessage"), qos: { ...STREAM_QOS, depth: 100 } },
  "/tf_static": fact("tf2_msgs/msg/TFMessage"),
  "/markers": event("visualization_msgs/msg/MarkerArray"),
  "/markers_static": fact("visualization_msgs/msg/MarkerArray"),
  "/diagnostics": event("diagnostic_msgs/msg/DiagnosticArray"),
  "/diagnostics_agg": fact("diagnostic_msgs/msg/DiagnosticArray"),
  "/parameter_events": { ...event("rcl_interfaces/msg/ParameterEvent"), qos: { ...EVENT_QOS, depth: 1000 } },
} as const satisfies Record<`/${string}`, TopicFacts>;

export type Topic = keyof typeof TOPICS;
/** A topic as a node names it: without the slash. */
export type TopicName = Topic extends `/${infer Name}` ? Name : never;

/** The message that a topic carries. */
export type MessageOf<T extends Topic> = MessageTypes[(typeof TOPICS)[T]["type"]];

/** What ROS 2 keeps once for a whole graph, whatever the namespace. */
const GLOBAL: ReadonlySet<TopicName> = new Set<TopicName>([
  "rosout",
  "clock",
  "parameter_events",
  "tf",
  "tf_static",
  "diagnostics",
  "diagnostics_agg",
]);

/** The name by which a node in any namespace finds a topic. */
export const topicInNamespace = (name: TopicName): string => (GLOBAL.has(name) ? `/${name}` : name);

/** Facts of a topic as a node names it. */
export const topicFacts = (name: TopicName): TopicFacts => TOPICS[`/${name}`];
