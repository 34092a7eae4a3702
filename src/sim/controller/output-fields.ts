import {
  outputFields,
  type EncodableRecord,
  type OutputName,
  robotModes,
  type RtdeEncodable,
  type RtdeType,
  type SafetyStatus,
  runtimeStates,
  safetyStatuses,
} from "ur-rtde-ts";
import { jointFrames } from "../../kinematics/joint-frames.ts";
import type { Joints } from "../../math/joints.ts";
import { multiply, rotateInverse, transpose } from "../../math/rotation.ts";
import { add, type Vec3 } from "../../math/vec.ts";
import { elbowOf, elbowVelocityOf } from "./elbow.ts";
import {
  jointCurrents,
  jointTemperatures,
  JOINT_VOLTAGE_V,
  MAIN_VOLTAGE_V,
  robotCurrent,
} from "./electrics.ts";
import type { SimController } from "./sim-controller.ts";

type Getter = (c: SimController) => RtdeEncodable;

/**
 * Fields that only this simulator has: what no sensor of a real arm knows. Elements 0 to 3 are the strings
 * C, G, D, A; 4 and 5 are zero.
 */
export const SIM_OUTPUTS = {
  sim_string_force: "VECTOR6D",
  sim_string_bow_speed: "VECTOR6D",
  sim_string_contact: "VECTOR6D",
  sim_string_bow_position: "VECTOR6D",
} as const satisfies Record<string, RtdeType>;

/** Type of every output of the simulated controller. */
export const SIM_OUTPUT_TYPES: Readonly<Record<string, RtdeType>> = { ...outputFields, ...SIM_OUTPUTS };

const zeros6: ArrayLike<number> = new Float64Array(6);
const constant =
  (value: RtdeEncodable): Getter =>
  () =>
    value;
const JOINT_MODE = { RUNNING: 253, IDLE: 255, POWER_OFF: 239, BOOTING: 247 } as const;

const jointMode = ({ power: { mode } }: SimController): number => {
  if (mode === "RUNNING") return JOINT_MODE.RUNNING;
  if (mode === "IDLE") return JOINT_MODE.IDLE;
  return mode === "POWER_OFF" ? JOINT_MODE.POWER_OFF : JOINT_MODE.BOOTING;
};

const perString = (values: readonly number[]): number[] => [...values, 0, 0];

/** Registers are added by `registerGetters`; every other output stands here. */
const GETTERS: Readonly<Partial<Record<OutputName | keyof typeof SIM_OUTPUTS, Getter>>> = {
  timestamp: (c) => c.timeS,
  control_step: (c) => BigInt(c.cycle),
  actual_execution_time: constant(0.3),
  target_execution_time: constant(2),
  speed_scaling: (c) => c.speed.run,
  target_speed_fraction: (c) => c.speed.slider,
  time_scale_source: constant(0),
  actual_momentum: (c) => 4 * Math.hypot(...c.actualTool.speed.slice(0, 3)),
  actual_main_voltage: constant(MAIN_VOLTAGE_V),
  actual_robot_voltage: (c) => (c.power.isOn ? JOINT_VOLTAGE_V : 0),
  actual_robot_current: (c) => (c.power.isOn ? robotCurrent(c.plant.torqueNm) : 0),
  actual_joint_voltage: (c) => new Float64Array(6).fill(c.power.isOn ? JOINT_VOLTAGE_V : 0),
  actual_robot_energy_consumed: (c) => c.energyJ,
  actual_robot_braking_energy_dissipated: constant(0),

  target_q: (c) => c.motion.q_rad,
  target_qd: (c) => c.motion.qd_radps,
  target_qdd: (c) => c.motion.qdd_radps2,
  target_current: (c) => jointCurrents(c.plant.torqueNm),
  target_moment: (c) => c.plant.torqueNm,
  actual_q: (c) => c.sensors.q_rad,
  actual_qd: (c) => c.sensors.qd_radps,
  actual_current: (c) => jointCurrents(c.plant.torqueNm),
  actual_current_window: (c) => jointCurrents(c.plant.torqueNm).map((current) => 1 + 0.1 * Math.abs(current)),
  actual_current_as_torque: (c) => c.plant.torqueNm,
  joint_control_output: (c) => jointCurrents(c.plant.torqueNm),
  joint_temperatures: (c) => jointTemperatures(c.timeS),
  joint_mode: (c) => new Int32Array(6).fill(jointMode(c)),
  joint_position_deviation_ratio: (c) => c.monitor.deviationRatio,
  collision_detection_ratio: (c) => c.monitor.collisionRatio,

  actual_TCP_pose: (c) => c.actualTool.pose,
  actual_TCP_speed: (c) => c.actualTool.speed,
  actual_TCP_force: (c) => c.force.atTool,
  actual_TCP_acceleration: (c) => c.targetTool.along(c.motion.qdd_radps2),
  target_TCP_pose: (c) => c.targetTool.pose,
  target_TCP_speed: (c) => c.targetTool.speed,
  target_TCP_acceleration: (c) => c.targetTool.along(c.motion.qdd_radps2),
  tcp_force_scalar: (c) => Math.hypot(...c.force.atTool.slice(0, 3)),
  tcp_offset: (c) => c.setup.tcp_F,
  ft_raw_wrench: (c) => c.force.raw,
  wrench_calc_from_currents: (c) => c.force.atTool,
  actual_tool_accelerometer: accelerometer,
  payload: (c) => c.setup.payloadKg,
  payload_cog: (c) => c.setup.payloadCentre_F_m,
  payload_inertia: (c) => c.setup.payloadInertiaKgm2,
  target_gravity: (c) => c.setup.gravityMps2,
  target_base_acceleration: constant(zeros6),
  target_base_wrench: constant(zeros6),

  robot_mode: (c) => robotModes[c.power.mode],
  safety_mode: (c) => safetyStatuses[c.safety.status],
  safety_status: (c) => safetyStatuses[c.safety.status],
  safety_status_bits: safetyBits,
  robot_status_bits: (c) =>
    (c.power.isOn ? 1 : 0) | (c.runner.isRunning ? 2 : 0) | (c.freedriveButton ? 4 : 0),
  runtime_state: (c) => runtimeStates[c.runner.state],
  script_control_line: (c) => c.runner.line,

  actual_digital_input_bits: (c) => BigInt(c.io.digitalInputs),
  actual_digital_output_bits: (c) => c.io.digitalOutputBits,
  actual_configurable_digital_input_bits: (c) => BigInt((c.io.digitalInputs >> 8) & 0xff),
  actual_configurable_digital_output_bits: (c) => BigInt((c.io.digitalOutputs >> 8) & 0xff),
  analog_io_types: (c) => (c.io.analogInputTypes & 0b11) | (c.io.analogOutputTypes << 2),
  standard_analog_input0: (c) => c.io.analogInputs[0],
  standard_analog_input1: (c) => c.io.analogInputs[1],
  standard_analog_output0: (c) => c.io.analogOutput(0),
  standard_analog_output1: (c) => c.io.analogOutput(1),
  io_current: constant(0.07),
  tool_mode: jointMode,
  tool_analog_input_types: (c) => c.io.analogInputTypes >> 2,
  tool_analog_input0: (c) => c.io.analogInputs[2],
  tool_analog_input1: (c) => c.io.analogInputs[3],
  tool_output_voltage: (c) => c.io.toolVoltageV,
  tool_output_current: constant(0),
  tool_output_mode: (c) => c.io.toolOutputMode,
  tool_digital_output0_mode: (c) => c.io.toolDigitalOutputModes[0],
  tool_digital_output1_mode: (c) => c.io.toolDigitalOutputModes[1],
  tool_temperature: (c) => jointTemperatures(c.timeS)[5]! + 2,
  encoder0_raw: constant(0),
  encoder1_raw: constant(0),
  euromap67_24V_voltage: constant(0),
  euromap67_24V_current: constant(0),
  euromap67_input_bits: constant(0),
  euromap67_output_bits: constant(0),

  output_bit_registers0_to_31: (c) => c.registers.outputWord(0),
  output_bit_registers32_to_63: (c) => c.registers.outputWord(32),

  sim_string_force: (c) => perString(c.plant.contacts.forceN),
  sim_string_bow_speed: (c) => perString(c.plant.contacts.bowSpeedMps),
  sim_string_contact: (c) => perString(c.plant.contacts.contactM),
  sim_string_bow_position: (c) => perString(c.plant.contacts.bowPositionM),
};

/**
 * What an accelerometer feels that rests or moves with the tool: the opposite of its weight, plus the motion's, in the
 * axes of the flange [m/s²]. @assumed: UR documents neither sign nor axes
 */
function accelerometer(c: SimController): Vec3 {
  const [ax, ay, az] = c.targetTool.along(c.motion.qdd_radps2);
  const R_BF = multiply(c.actualTool.X_BT.R, transpose(c.setup.X_FT.R));
  return rotateInverse(R_BF, add(c.setup.gravityMps2, [ax!, ay!, az!]));
}

/** @source RTDE guide, `safety_status_bits` */
function safetyBits({ modes }: SimController): number {
  const { status } = modes;
  if (status === "NORMAL") return 1;
  const stopped = 1 << 10;
  const emergency = (1 << 7) | stopped;
  const bits: Partial<Record<SafetyStatus, number>> = {
    REDUCED: 1 << 1,
    PROTECTIVE_STOP: (1 << 2) | stopped,
    RECOVERY: 1 << 3,
    SAFEGUARD_STOP: (1 << 4) | stopped,
    SYSTEM_EMERGENCY_STOP: (1 << 5) | emergency,
    ROBOT_EMERGENCY_STOP: (1 << 6) | emergency,
    VIOLATION: (1 << 8) | stopped,
    FAULT: (1 << 9) | stopped,
  };
  return bits[status] ?? stopped;
}

/** Getters of all outputs of one controller; a field nobody asks for costs nothing. */
export function outputRecord(controller: SimController): EncodableRecord {
  const frames = jointFrames(controller.instrument.dh);
  const getters: Record<string, Getter> = { ...GETTERS, ...registerGetters() };
  const joints = (c: SimController): Joints => c.sensors.q_rad as unknown as Joints;
  getters.elbow_position = (c) => elbowOf(frames, joints(c));
  getters.elbow_velocity = (c) => elbowVelocityOf(frames, joints(c), c.sensors.qd_radps);
  const record = {};
  for (const name of Object.keys(SIM_OUTPUT_TYPES)) {
    const getter = getters[name];
    if (getter === undefined) throw new Error(`the simulated controller has no value for the output ${name}`);
    Object.defineProperty(record, name, { enumerable: true, get: () => getter(controller) });
  }
  return record;
}

function registerGetters(): Record<string, Getter> {
  const getters: Record<string, Getter> = {};
  for (let i = 0; i < 48; i++) {
    getters[`output_int_register_${i}`] = (c) => c.registers.outputIntegers[i]!;
    getters[`output_double_register_${i}`] = (c) => c.registers.outputFloats[i]!;
  }
  for (let i = 64; i < 128; i++) getters[`output_bit_register_${i}`] = (c) => c.registers.outputBits[i] === 1;
  for (const name of Object.keys(outputFields))
    if (name.startsWith("input_")) getters[name] = (c) => c.inputs.values[name]!;
  return getters;
}
