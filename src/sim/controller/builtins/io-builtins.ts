import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { InstantBuiltin } from "../../urscript/script-host.ts";
import { expectBoolean, expectInteger, expectNumber } from "../../urscript/values/expect.ts";
import type { Result } from "../../urscript/values/value.ts";
import type { RobotIo } from "../robot-io.ts";
import { act } from "./setup-builtins.ts";

/** First bit of the tool's digital inputs and outputs, in the order of RTDE: standard, configurable, tool. */
const TOOL_BIT = 16;

/** Inputs and outputs. @source UR script manual 5.25, "Module interfaces" and "Module ioconfiguration" */
export const ioBuiltins = (io: RobotIo): readonly InstantBuiltin[] => {
  const digital = (name: string, count: number, bitOf: (n: number) => number) => [
    act(`set_${name}_out`, ["n", "b"], ([n, b]) => io.set(bitOf(below(n, count)), expectBoolean(b, "b"))),
    instant(`get_${name}_out`, ["n"], ([n]) => io.isSet(bitOf(below(n, count)))),
    instant(`get_${name}_in`, ["n"], ([n]) => ((io.digitalInputs >> bitOf(below(n, count))) & 1) === 1),
  ];
  const analogIn = (name: string, count: number, indexOf: (n: number) => number) =>
    instant(name, ["n"], ([n]) => io.analogInputs[indexOf(below(n, count)) as 0 | 1 | 2 | 3]);
  return [
    ...digital("digital", 10, (n) => (n < 8 ? n : TOOL_BIT + n - 8)), // the older names: 8 and 9 are the tool's
    ...digital("standard_digital", 8, (n) => n),
    ...digital("configurable_digital", 8, (n) => 8 + n),
    ...digital("tool_digital", 2, (n) => TOOL_BIT + n),
    analogIn("get_analog_in", 4, (n) => n),
    analogIn("get_standard_analog_in", 2, (n) => n),
    analogIn("get_tool_analog_in", 2, (n) => 2 + n),
    ...["set_standard_analog_out", "set_analog_out"].map((name) =>
      act(name, ["n", "f"], ([n, f]) => {
        io.analogOutputs[below(n, 2) as 0 | 1] = Math.min(1, Math.max(0, expectNumber(f, "f")));
      }),
    ),
    ...["get_standard_analog_out", "get_analog_out"].map((name) =>
      instant(name, ["n"], ([n]) => io.analogOutput(below(n, 2) as 0 | 1)),
    ),
    act("set_analog_outputdomain", ["port", "domain"], ([port, domain]) => {
      const bit = 1 << below(port, 2);
      io.analogOutputTypes =
        expectInteger(domain, "domain") === 1 ? io.analogOutputTypes | bit : io.analogOutputTypes & ~bit;
    }),
    act("set_standard_analog_input_domain", ["port", "domain"], ([port, domain]) =>
      setInputType(below(port, 2), domain),
    ),
    act("set_tool_analog_input_domain", ["port", "domain"], ([port, domain]) =>
      setInputType(2 + below(port, 2), domain),
    ),
    act("set_tool_output_mode", ["mode"], ([mode]) => void (io.toolOutputMode = below(mode, 2))),
    act("set_tool_digital_output_mode", ["n", "mode"], ([n, mode]) => {
      io.toolDigitalOutputModes[below(n, 2) as 0 | 1] = below(mode, 4);
    }),
    act("set_tool_voltage", ["voltage"], ([voltage]) => {
      const volts = expectNumber(voltage, "voltage");
      if (volts !== 0 && volts !== 12 && volts !== 24)
        throw new ScriptFault(`set_tool_voltage: there are 0, 12 and 24 V, not ${volts} V`);
      io.toolVoltageV = volts;
    }),
    act("set_flag", ["n", "b"], ([n, b]) => {
      io.flags[below(n, io.flags.length)] = expectBoolean(b, "b") ? 1 : 0;
    }),
    instant("get_flag", ["n"], ([n]) => io.flags[below(n, io.flags.length)] === 1),
    instant("read_port_register", ["address"], ([n]) => io.ports[below(n, io.ports.length)]!),
    instant("read_port_bit", ["address"], ([n]) => io.ports[below(n, io.ports.length)] !== 0),
    act("write_port_register", ["address", "value"], ([n, value]) => {
      io.ports[below(n, io.ports.length)] = (expectInteger(value, "value") << 16) >> 16;
    }),
    act("write_port_bit", ["address", "value"], ([n, value]) => {
      io.ports[below(n, io.ports.length)] = expectBoolean(value, "value") ? 1 : 0;
    }),
    ...WITHOUT_EFFECT.map(([name, ...parameters]) => act(name, parameters, () => undefined)),
  ];

  function setInputType(n: number, domain: Result): void {
    const bit = 1 << n;
    io.analogInputTypes = below(domain, 2) === 1 ? io.analogInputTypes | bit : io.analogInputTypes & ~bit;
  }
};

/** Wiring that programs saved on a teach pendant set up at their begin; the simulated arm has none. */
const WITHOUT_EFFECT: readonly [string, ...string[]][] = [
  ["set_input_actions_to_default"],
  ["set_standard_digital_input_action", "port", "action"],
  ["set_configurable_digital_input_action", "port", "action"],
  ["set_tool_digital_input_action", "port", "action"],
  ["set_gp_boolean_input_action", "port", "action"],
  ["set_runstate_standard_digital_output_to_value", "outputId", "state"],
  ["set_runstate_configurable_digital_output_to_value", "outputId", "state"],
  ["set_runstate_tool_digital_output_to_value", "outputId", "state"],
  ["set_runstate_gp_boolean_output_to_value", "outputId", "state"],
  ["set_runstate_standard_analog_output_to_value", "outputId", "state"],
  ["set_analog_inputrange", "port", "range"],
  ["set_tool_communication", "enabled", "baud_rate", "parity", "stop_bits", "rx_idle_chars", "tx_idle_chars"],
];

function below(value: Result, count: number): number {
  const n = expectInteger(value, "n");
  if (n < 0 || n >= count) throw new ScriptFault(`n is ${n}; it must be 0 to ${count - 1}`);
  return n;
}
