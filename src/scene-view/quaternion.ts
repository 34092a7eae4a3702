import { toRotvec, type Mat3 } from "../math/rotation.ts";
import type { Quaternion } from "../ros/messages.ts";

/** A rotation as geometry_msgs has it: r turns by θ = |r|: (r/θ · sin θ/2, cos θ/2). */
export function quaternionOf(R: Mat3): Quaternion {
  const [rx, ry, rz] = toRotvec(R);
  const angle = Math.hypot(rx, ry, rz);
  const k = angle < 1e-12 ? 0.5 : Math.sin(angle / 2) / angle;
  return { x: k * rx, y: k * ry, z: k * rz, w: Math.cos(angle / 2) };
}
