import { ROS_JOINT_NAMES } from "../../src/math/joints.ts";
import type { JointState } from "../../src/ros/messages.ts";

export const TOPIC = "/joint_states";
export const TYPE = "sensor_msgs/msg/JointState";

/** A state of six joints whose first effort is the time at which it was made [µs]. */
export const jointState = (stampUs: number): JointState => ({
  header: { stamp: { sec: 1, nanosec: 2 }, frame_id: "" },
  name: ROS_JOINT_NAMES,
  position: [0, -1.57, 1.57, -1.57, -1.57, 0],
  velocity: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  effort: [stampUs, 0, 0, 0, 0, 0],
});
