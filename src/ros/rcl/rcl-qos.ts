import type { Qos } from "../qos.ts";
import type { RclLibrary } from "./rclnodejs-port.ts";

/**
 * A quality of service in rclnodejs's numbers: always keep last, with its depth. rclnodejs can neither offer nor ask for a deadline: ours
 * are watched on our side, and who asks for one on ROS 2 does not hear us.
 */
export const rclQos = ({ QoS }: Pick<RclLibrary, "QoS">, { depth, reliability, durability }: Qos): object =>
  new QoS(1, depth, reliability === "reliable" ? 1 : 2, durability === "transient_local" ? 1 : 2);
