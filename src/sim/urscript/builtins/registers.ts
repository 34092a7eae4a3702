import { ScriptFault } from "../problem.ts";
import type { InstantBuiltin, RegisterPort } from "../script-host.ts";
import { expectBoolean, expectInteger, expectNumber, MAX_INTEGER } from "../values/expect.ts";
import type { Result } from "../values/value.ts";
import { instant } from "./define.ts";

/** Registers of each sort. @source RTDE guide: output_int_register_0..47, output_bit_register 0..127 */
const [NUMBERS, BITS] = [48, 128];

/** @source UR script manual 5.25, "Module interfaces" */
export const registerBuiltins = (registers: RegisterPort): readonly InstantBuiltin[] => [
  instant("read_input_integer_register", ["address"], ([a]) =>
    registers.readInputInteger(address(a, NUMBERS)),
  ),
  instant("read_input_float_register", ["address"], ([a]) => registers.readInputFloat(address(a, NUMBERS))),
  instant("read_input_boolean_register", ["address"], ([a]) => registers.readInputBoolean(address(a, BITS))),
  instant("read_output_integer_register", ["address"], ([a]) =>
    registers.readOutputInteger(address(a, NUMBERS)),
  ),
  instant("read_output_float_register", ["address"], ([a]) => registers.readOutputFloat(address(a, NUMBERS))),
  instant("read_output_boolean_register", ["address"], ([a]) =>
    registers.readOutputBoolean(address(a, BITS)),
  ),
  instant("write_output_integer_register", ["address", "value"], ([a, value]) => {
    registers.writeOutputInteger(address(a, NUMBERS), int32(value));
    return undefined;
  }),
  instant("write_output_float_register", ["address", "value"], ([a, value]) => {
    registers.writeOutputFloat(address(a, NUMBERS), expectNumber(value, "value"));
    return undefined;
  }),
  instant("write_output_boolean_register", ["address", "value"], ([a, value]) => {
    registers.writeOutputBoolean(address(a, BITS), expectBoolean(value, "value"));
    return undefined;
  }),
];

function address(value: Result, count: number): number {
  const index = expectInteger(value, "address");
  if (index < 0 || index >= count) throw new ScriptFault(`Register ${index} is not 0 to ${count - 1}`);
  return index;
}

function int32(value: Result): number {
  const number = expectInteger(value, "value");
  if (Math.abs(number) > MAX_INTEGER + 1 || number === MAX_INTEGER + 1)
    throw new ScriptFault(`Value ${number} does not fit in an integer register`);
  return number;
}
