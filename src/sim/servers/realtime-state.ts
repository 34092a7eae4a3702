import { robotModes, runtimeStates, safetyStatuses } from "ur-rtde-ts";
import type { SimController } from "../controller/sim-controller.ts";
import { StateWriter } from "./state-writer.ts";

/**
 * Size of a real-time package since 5.10: its own size, then 152 doubles.
 *
 * @source UR, "Remote control via TCP/IP": 1044, 1060, 1108, 1116, 1140 and 1220 bytes, each longer one with the
 *   fields of the shorter ones in front
 */
export const REALTIME_BYTES = 4 + 8 * 152;

/**
 * The package of the real-time interface (ports 30003 and 30013): the size as an i32, then doubles only, numbers of
 * modes included. A client may stop reading anywhere. Fields that are for Universal Robots' own use are zero.
 */
export function encodeRealtimeState(c: SimController): Uint8Array {
  const out = c.outputs;
  const write = new StateWriter(REALTIME_BYTES).u32(REALTIME_BYTES);
  const vector = (name: string): void => void write.f64(...Array.from(out[name] as ArrayLike<number>));
  const number = (name: string): void => void write.f64(Number(out[name]));
  number("timestamp");
  ["target_q", "target_qd", "target_qdd", "target_current", "target_moment"].forEach(vector);
  ["actual_q", "actual_qd", "actual_current", "joint_control_output"].forEach(vector);
  ["actual_TCP_pose", "actual_TCP_speed", "actual_TCP_force"].forEach(vector);
  ["target_TCP_pose", "target_TCP_speed"].forEach(vector);
  number("actual_digital_input_bits");
  vector("joint_temperatures");
  write.f64(Number(out["actual_execution_time"]), 0); // and a test value
  write.f64(robotModes[c.power.mode]);
  vector("joint_mode");
  write.f64(safetyStatuses[c.safety.status]).zeros(48);
  vector("actual_tool_accelerometer");
  write.zeros(48);
  ["speed_scaling", "actual_momentum"].forEach(number);
  write.zeros(16);
  ["actual_main_voltage", "actual_robot_voltage", "actual_robot_current"].forEach(number);
  vector("actual_joint_voltage");
  number("actual_digital_output_bits");
  write.f64(runtimeStates[c.runner.state]);
  ["elbow_position", "elbow_velocity"].forEach(vector);
  number("safety_status");
  write.zeros(24);
  number("payload");
  ["payload_cog", "payload_inertia"].forEach(vector);
  return write.bytes();
}
