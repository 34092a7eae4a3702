import { type OutputPackage } from "../rtde/output-recipe.ts";
import { type NoExtra } from "../rtde/rtde-client-options.ts";
import { PLAYER_OUTPUTS, PLAYER_TARGETS } from "../trajectory/player-report.ts";
import { CONTROL_REGISTERS as R } from "./control-registers.ts";

/** What the robot is doing: comes with every package of a `RobotControl`. */
export const CONTROL_STATE_OUTPUTS = [
  "timestamp",
  "actual_q",
  "actual_qd",
  "target_q",
  "target_qd",
  "actual_TCP_pose",
  "actual_TCP_speed",
  "actual_TCP_force",
  "target_TCP_pose",
  "robot_mode",
  "safety_status",
  "runtime_state",
  "speed_scaling",
  "target_speed_fraction",
  "actual_digital_input_bits",
  "actual_digital_output_bits",
] as const;

/** Everything a `RobotControl` listens to: its own registers, and those of a path that is streamed through it. */
export const CONTROL_OUTPUTS = [
  ...CONTROL_STATE_OUTPUTS,
  ...PLAYER_OUTPUTS,
  ...PLAYER_TARGETS,
  `output_int_register_${R.finished}`,
  `output_int_register_${R.mode}`,
  `output_int_register_${R.sessionEcho}`,
  `output_int_register_${R.moved}`,
  `output_int_register_${R.taken}`,
  `output_int_register_${R.answer}`,
  `output_int_register_${R.waypoint}`,
  `output_double_register_${R.vector}`,
  `output_double_register_${(R.vector + 1) as 25}`,
  `output_double_register_${(R.vector + 2) as 26}`,
  `output_double_register_${(R.vector + 3) as 27}`,
  `output_double_register_${(R.vector + 4) as 28}`,
  `output_double_register_${(R.vector + 5) as 29}`,
] as const;

/** A package of a `RobotControl`. */
export type ControlPackage = OutputPackage<(typeof CONTROL_OUTPUTS)[number], never, NoExtra>;
