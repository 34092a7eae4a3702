import { type FieldRow } from "./field-about.ts";

/**
 * Every input of the controller that is not one of a numbered family; columns as in the table of outputs.
 *
 * A mask says which bits of the value that goes with it are to be obeyed. The tool's digital outputs are not in the
 * guide, but real.
 *
 * @source Universal Robots, RTDE guide, and the inputs that the ur_rtde and UR client libraries write; descriptions
 *   are our own
 */
export const inputTable = {
  speed_slider_mask: ["UINT32", "", "3.4/5.0", "1: `speed_slider_fraction` is to be obeyed"],
  speed_slider_fraction: ["DOUBLE", "", "3.4/5.0", "Position of the speed slider, 0 to 1"],
  standard_digital_output_mask: ["UINT8", "", "3.4/5.0", "Standard digital outputs that are to be set"],
  standard_digital_output: ["UINT8", "", "3.4/5.0", "Standard digital outputs, one bit each"],
  configurable_digital_output_mask: [
    "UINT8",
    "",
    "3.4/5.0",
    "Configurable digital outputs that are to be set",
  ],
  configurable_digital_output: ["UINT8", "", "3.4/5.0", "Configurable digital outputs, one bit each"],
  tool_digital_output_mask: [
    "UINT8",
    "",
    "?/?",
    "Digital outputs of the tool that are to be set, bits 0 and 1",
  ],
  tool_digital_output: ["UINT8", "", "?/?", "Digital outputs of the tool, bits 0 and 1"],
  standard_analog_output_mask: ["UINT8", "", "3.4/5.0", "Analog outputs that are to be set, bits 0 and 1"],
  standard_analog_output_type: ["UINT8", "", "3.4/5.0", "Bits 0 and 1: 0 is current, 1 voltage"],
  standard_analog_output_0: ["DOUBLE", "", "3.4/5.0", "Analog output 0 as a fraction of its range, 0 to 1"],
  standard_analog_output_1: ["DOUBLE", "", "3.4/5.0", "Analog output 1 as a fraction of its range, 0 to 1"],
  external_force_torque: [
    "VECTOR6D",
    "N, Nm",
    "3.3/5.0",
    "Reading of a force sensor of one's own, see `ft_rtde_input_enable`",
  ],
  input_bit_registers0_to_31: ["UINT32", "", "3.4/5.0", "Input bits 0-31; for fieldbuses"],
  input_bit_registers32_to_63: ["UINT32", "", "3.4/5.0", "Input bits 32-63; for fieldbuses"],
} as const satisfies Record<string, FieldRow>;
