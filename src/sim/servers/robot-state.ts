import { robotModes, safetyStatuses } from "ur-rtde-ts";
import { MAIN_VOLTAGE_V } from "../controller/electrics.ts";
import {
  JOINT_RANGE_RAD,
  MAX_ACCELERATION_RADPS2,
  STOP_SPEED_RADPS,
} from "../controller/motion/joint-limits.ts";
import type { SimController } from "../controller/sim-controller.ts";
import { StateWriter } from "./state-writer.ts";

const ROBOT_STATE = 16;
/** Length of each sub-package by type. @source robot state of a UR5e, 5.x, see docs of the client interfaces */
const BYTES = {
  mode: 47,
  joints: 251,
  cartesian: 101,
  kinematics: 225,
  masterboard: 75,
  tool: 37,
  configuration: 445,
  force: 61,
  additional: 9,
  calibration: 53,
  safety: 43,
  toolCommunication: 26,
  toolModes: 8,
};
/** @assumed a control box in a warm room [°C] */
const BOARD_TEMPERATURE_C = 35;
const HEADER_BYTES = 5;
const STATE_BYTES = HEADER_BYTES + Object.values(BYTES).reduce((sum, bytes) => sum + bytes);

/**
 * The robot state message of the primary and secondary interface, its thirteen parts in the order in which a UR5e
 * sends them. Calibration and safety data are for Universal Robots' own use and zero here.
 *
 * @source a robot state of a UR5e of 5.x: 1386 bytes; facts of the client interfaces
 */
export function encodeRobotState(c: SimController): Uint8Array {
  const write = new StateWriter(STATE_BYTES).u32(STATE_BYTES).u8(ROBOT_STATE);
  write.part(BYTES.mode, 0, (w) => writeMode(w, c));
  write.part(BYTES.joints, 1, (w) => writeJoints(w, c));
  write.part(BYTES.cartesian, 4, (w) => w.f64(...vector(c, "actual_TCP_pose"), ...vector(c, "tcp_offset")));
  write.part(BYTES.kinematics, 5, (w) => writeKinematics(w, c));
  write.part(BYTES.calibration, 9, (w) => w.zeros(48));
  write.part(BYTES.masterboard, 3, (w) => writeMasterboard(w, c));
  write.part(BYTES.tool, 2, (w) => writeTool(w, c));
  write.part(BYTES.configuration, 6, (w) => writeConfiguration(w, c));
  write.part(BYTES.force, 7, (w) => w.f64(...vector(c, "actual_TCP_force"), 0));
  write.part(BYTES.additional, 8, (w) => w.u8(0, 0, 0, 0));
  write.part(BYTES.safety, 10, (w) => w.zeros(38));
  write.part(BYTES.toolCommunication, 11, (w) => w.bool(false).i32(115_200, 0, 1).f32(1.5, 3.5));
  write.part(BYTES.toolModes, 12, (w) => w.u8(0, 0, 0));
  return write.bytes();
}

/** Controller's clock in whole microseconds: 2000 a cycle. */
export const timestampUs = (c: SimController): bigint => BigInt(c.cycle) * 2000n;

function writeMode(w: StateWriter, c: SimController): void {
  const { status } = c.safety;
  const { state } = c.runner;
  w.u64(timestampUs(c)).bool(
    true,
    true,
    c.power.isOn,
    status === "ROBOT_EMERGENCY_STOP" || status === "SYSTEM_EMERGENCY_STOP",
    status === "PROTECTIVE_STOP",
  );
  w.bool(state !== "STOPPED", state === "PAUSED").u8(robotModes[c.power.mode], 0);
  w.f64(c.speed.slider, c.speed.run, 1).u8(0);
}

function writeJoints(w: StateWriter, c: SimController): void {
  const [q, target, qd] = ["actual_q", "target_q", "actual_qd"].map((name) => vector(c, name));
  const [current, voltage] = [vector(c, "actual_current"), vector(c, "actual_joint_voltage")];
  const [temperature, modes] = [vector(c, "joint_temperatures"), vector(c, "joint_mode")];
  for (let i = 0; i < 6; i++) {
    w.f64(q![i]!, target![i]!, qd![i]!);
    w.f32(current[i]!, voltage[i]!, temperature[i]!, temperature[i]!).u8(modes[i]!);
  }
}

function writeKinematics(w: StateWriter, { instrument: { dh } }: SimController): void {
  w.u32(
    ...dh.a_m.map((_, i) => checksumOf([dh.thetaOffset_rad[i]!, dh.a_m[i]!, dh.d_m[i]!, dh.alpha_rad[i]!])),
  );
  w.f64(...dh.thetaOffset_rad, ...dh.a_m, ...dh.d_m, ...dh.alpha_rad).u32(0);
}

/** A number that differs when the kinematics of a joint do. @source FNV-1a; UR's own checksum is not published */
function checksumOf(values: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(Float64Array.from(values).buffer))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** What RTDE says of it, so that all interfaces agree. */
const told = (c: SimController, name: string): number => Number(c.outputs[name]);
const vector = (c: SimController, name: string): number[] => Array.from(c.outputs[name] as ArrayLike<number>);
const bit = (word: number, n: number): number => (word >> n) & 1;

function writeTool(w: StateWriter, c: SimController): void {
  const types = told(c, "tool_analog_input_types");
  w.u8(bit(types, 0), bit(types, 1)).f64(told(c, "tool_analog_input0"), told(c, "tool_analog_input1"));
  w.f32(MAIN_VOLTAGE_V).u8(told(c, "tool_output_voltage"));
  w.f32(told(c, "tool_output_current"), told(c, "tool_temperature")).u8(told(c, "tool_mode"));
}

function writeMasterboard(w: StateWriter, c: SimController): void {
  const types = told(c, "analog_io_types");
  w.u32(told(c, "actual_digital_input_bits"), told(c, "actual_digital_output_bits"));
  w.u8(bit(types, 0), bit(types, 1));
  w.f64(told(c, "standard_analog_input0"), told(c, "standard_analog_input1")).u8(
    bit(types, 2),
    bit(types, 3),
  );
  w.f64(told(c, "standard_analog_output0"), told(c, "standard_analog_output1")).f32(BOARD_TEMPERATURE_C);
  w.f32(told(c, "actual_main_voltage"), told(c, "actual_robot_current"), told(c, "io_current"));
  w.u8(safetyStatuses[c.safety.status], c.safety.status === "REDUCED" ? 1 : 0, 0)
    .u32(0)
    .u8(0, 0, 0);
}

function writeConfiguration(w: StateWriter, { instrument: { dh } }: SimController): void {
  for (let i = 0; i < 6; i++) w.f64(-JOINT_RANGE_RAD, JOINT_RANGE_RAD);
  for (let i = 0; i < 6; i++) w.f64(STOP_SPEED_RADPS, MAX_ACCELERATION_RADPS2);
  w.f64(1.0472, 1.3963, 0.25, 1.2, 0.25); // defaults: joint speed and acceleration, tool speed and acceleration, radius
  w.f64(...dh.a_m, ...dh.d_m, ...dh.alpha_rad, ...dh.thetaOffset_rad);
  w.i32(6, 4, 1, 3); // masterboard, control box, UR5, e-Series
}
