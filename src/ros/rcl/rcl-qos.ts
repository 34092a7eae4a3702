import type { Qos } from "../qos.ts";
import type { RclLibrary } from "./rclnodejs-port.ts";

/** A quality of service in rclnodejs's numbers: always keep last, with its depth. Deadlines are watched on our side. */
export const rclQos = ({ QoS }: Pick<RclLibrary, "QoS">, { depth, reliability, durability }: Qos): object =>
  new QoS(1, depth, reliability === "reliable" ? 1 : 2, durability === "transient_local" ? 1 : 2);
