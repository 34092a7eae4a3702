import { type RtdeEncodable, type RtdeType, type RtdeValue } from "../protocol/rtde-type.ts";

/**
 * Every output of the controller that is not one of a numbered family, with its type.
 *
 * @source Universal Robots, RTDE guide, and the output list of Universal Robots' client library 2.14
 */
const singleOutputs = {
  timestamp: "DOUBLE",
  actual_execution_time: "DOUBLE",
  target_execution_time: "DOUBLE",
  speed_scaling: "DOUBLE",
  target_speed_fraction: "DOUBLE",
  actual_momentum: "DOUBLE",
  actual_main_voltage: "DOUBLE",
  actual_robot_voltage: "DOUBLE",
  actual_robot_current: "DOUBLE",
  standard_analog_input0: "DOUBLE",
  standard_analog_input1: "DOUBLE",
  standard_analog_output0: "DOUBLE",
  standard_analog_output1: "DOUBLE",
  io_current: "DOUBLE",
  tool_analog_input0: "DOUBLE",
  tool_analog_input1: "DOUBLE",
  tool_output_current: "DOUBLE",
  tool_temperature: "DOUBLE",
  tcp_force_scalar: "DOUBLE",
  joint_position_deviation_ratio: "DOUBLE",
  collision_detection_ratio: "DOUBLE",
  payload: "DOUBLE",
  euromap67_24V_voltage: "DOUBLE",
  euromap67_24V_current: "DOUBLE",
  actual_robot_energy_consumed: "DOUBLE",
  actual_robot_braking_energy_dissipated: "DOUBLE",
  target_q: "VECTOR6D",
  target_qd: "VECTOR6D",
  target_qdd: "VECTOR6D",
  target_current: "VECTOR6D",
  target_moment: "VECTOR6D",
  actual_q: "VECTOR6D",
  actual_qd: "VECTOR6D",
  actual_current: "VECTOR6D",
  actual_current_window: "VECTOR6D",
  actual_current_as_torque: "VECTOR6D",
  joint_control_output: "VECTOR6D",
  actual_TCP_pose: "VECTOR6D",
  actual_TCP_speed: "VECTOR6D",
  actual_TCP_force: "VECTOR6D",
  target_TCP_pose: "VECTOR6D",
  target_TCP_speed: "VECTOR6D",
  tcp_offset: "VECTOR6D",
  actual_TCP_acceleration: "VECTOR6D",
  target_TCP_acceleration: "VECTOR6D",
  joint_temperatures: "VECTOR6D",
  actual_joint_voltage: "VECTOR6D",
  ft_raw_wrench: "VECTOR6D",
  wrench_calc_from_currents: "VECTOR6D",
  payload_inertia: "VECTOR6D",
  target_base_acceleration: "VECTOR6D",
  target_base_wrench: "VECTOR6D",
  actual_tool_accelerometer: "VECTOR3D",
  elbow_position: "VECTOR3D",
  elbow_velocity: "VECTOR3D",
  payload_cog: "VECTOR3D",
  target_gravity: "VECTOR3D",
  joint_mode: "VECTOR6INT32",
  robot_mode: "INT32",
  safety_mode: "INT32",
  safety_status: "INT32",
  tool_output_voltage: "INT32",
  encoder0_raw: "INT32",
  encoder1_raw: "INT32",
  time_scale_source: "INT32",
  runtime_state: "UINT32",
  robot_status_bits: "UINT32",
  safety_status_bits: "UINT32",
  analog_io_types: "UINT32",
  tool_mode: "UINT32",
  tool_analog_input_types: "UINT32",
  euromap67_input_bits: "UINT32",
  euromap67_output_bits: "UINT32",
  script_control_line: "UINT32",
  output_bit_registers0_to_31: "UINT32",
  output_bit_registers32_to_63: "UINT32",
  input_bit_registers0_to_31: "UINT32",
  input_bit_registers32_to_63: "UINT32",
  actual_digital_input_bits: "UINT64",
  actual_digital_output_bits: "UINT64",
  actual_configurable_digital_input_bits: "UINT64",
  actual_configurable_digital_output_bits: "UINT64",
  control_step: "UINT64",
  tool_output_mode: "UINT8",
  tool_digital_output0_mode: "UINT8",
  tool_digital_output1_mode: "UINT8",
} as const satisfies Record<string, RtdeType>;

/**
 * Every input of the controller that is not one of a numbered family, with its type. The analog outputs are
 * fractions, 0 to 1. The tool's digital outputs (bits 0 and 1) are not in the guide, but real.
 *
 * @source Universal Robots, RTDE guide, and the inputs the ur_rtde and UR client libraries write
 */
const singleInputs = {
  speed_slider_mask: "UINT32",
  speed_slider_fraction: "DOUBLE",
  standard_digital_output_mask: "UINT8",
  standard_digital_output: "UINT8",
  configurable_digital_output_mask: "UINT8",
  configurable_digital_output: "UINT8",
  tool_digital_output_mask: "UINT8",
  tool_digital_output: "UINT8",
  standard_analog_output_mask: "UINT8",
  standard_analog_output_type: "UINT8",
  standard_analog_output_0: "DOUBLE",
  standard_analog_output_1: "DOUBLE",
  external_force_torque: "VECTOR6D",
  input_bit_registers0_to_31: "UINT32",
  input_bit_registers32_to_63: "UINT32",
} as const satisfies Record<string, RtdeType>;

type UpTo<N extends number, Seen extends number[] = []> = Seen["length"] extends N
  ? Seen[number]
  : UpTo<N, [...Seen, Seen["length"]]>;

/** Index of an integer or double register, 0 to 47; 24 and up are for external clients. */
export type RegisterIndex = UpTo<48>;
/** Index of a bit register with a field of its own, 64 to 127. */
export type BitRegisterIndex = Exclude<UpTo<128>, UpTo<64>>;

type RegisterFields<Side extends "input" | "output"> = Readonly<
  Record<`${Side}_int_register_${RegisterIndex}`, "INT32"> &
    Record<`${Side}_double_register_${RegisterIndex}`, "DOUBLE"> &
    Record<`${Side}_bit_register_${BitRegisterIndex}`, "BOOL">
>;

type OutputTypes = typeof singleOutputs & RegisterFields<"output"> & RegisterFields<"input">;
type InputTypes = typeof singleInputs & RegisterFields<"input">;

/** Name of a field the controller sends. */
export type OutputName = keyof OutputTypes;
/** Name of a field the controller takes. */
export type InputName = keyof InputTypes;
/** Decoded value of an output. */
export type OutputValue<Name extends OutputName> = RtdeValue<OutputTypes[Name]>;
/** What can be sent for an input. */
export type InputValue<Name extends InputName> = RtdeEncodable<InputTypes[Name]>;
/** Fields of one's own, beside those of the table: name to type. */
export type ExtraFields = Readonly<Record<string, RtdeType>>;

/** Type of every output, the numbered families written out. */
export const outputFields: Readonly<Record<OutputName, RtdeType>> = {
  ...singleOutputs,
  ...registers("output"),
  ...registers("input"),
};

/** Type of every input, the numbered families written out. */
export const inputFields: Readonly<Record<InputName, RtdeType>> = { ...singleInputs, ...registers("input") };

/** Whether a name is one of the table's outputs. */
export function isOutputName(name: string): name is OutputName {
  return Object.hasOwn(outputFields, name);
}

/** Whether a name is one of the table's inputs. */
export function isInputName(name: string): name is InputName {
  return Object.hasOwn(inputFields, name);
}

/** Looks fields up in one's own fields first, then in a table. */
export function fieldTypes(
  table: ExtraFields,
  extra: ExtraFields = {},
): (name: string) => RtdeType | undefined {
  return (name) => {
    if (Object.hasOwn(extra, name)) return extra[name];
    return Object.hasOwn(table, name) ? table[name] : undefined;
  };
}

function registers<Side extends "input" | "output">(side: Side): RegisterFields<Side> {
  const fields: Record<string, RtdeType> = {};
  for (let i = 0; i < 48; i += 1) {
    fields[`${side}_int_register_${i}`] = "INT32";
    fields[`${side}_double_register_${i}`] = "DOUBLE";
  }
  for (let i = 64; i < 128; i += 1) fields[`${side}_bit_register_${i}`] = "BOOL";
  return fields as RegisterFields<Side>;
}
