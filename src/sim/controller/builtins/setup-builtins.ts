import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { BuiltinParameter, InstantBuiltin } from "../../urscript/script-host.ts";
import {
  expectBoolean,
  expectInteger,
  expectNumber,
  expectNumbers,
  expectString,
} from "../../urscript/values/expect.ts";
import type { Result } from "../../urscript/values/value.ts";
import type { WatchdogAction } from "../watchdogs.ts";
import { optional, urPose, vec3 } from "./arguments.ts";
import { left } from "./define-blocking.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";

/** Largest payload of a UR5e [kg]. @source UR5e data sheet */
const MAX_PAYLOAD_KG = 5;

/** Functions that set the tool, inputs and outputs, and the watchdog. @source UR script manual 5.25 */
export const setupBuiltins = (around: BuiltinSurroundings): readonly InstantBuiltin[] => {
  const { setup, io } = around;
  const digital = (name: string, first: number, count: number) => [
    instant(`set_${name}_out`, ["n", "b"], ([n, b]) => {
      io.set(first + below(n, count), expectBoolean(b, "b"));
      return undefined;
    }),
    instant(`get_${name}_out`, ["n"], ([n]) => io.isSet(first + below(n, count))),
    instant(`get_${name}_in`, ["n"], ([n]) => ((io.digitalInputs >> (first + below(n, count))) & 1) === 1),
  ];
  return [
    act("set_tcp", ["pose", left("tcp_name")], ([pose]) => {
      setup.setTcp(urPose(pose, "pose"));
      around.toolChanged();
    }),
    act("set_payload", ["m", left("cog")], ([m, cog]) => changePayload(m, cog)),
    act("set_target_payload", ["m", "cog", left("inertia"), left("transition_time")], ([m, cog, inertia]) => {
      setPayload(m, cog);
      if (inertia !== undefined) setup.payloadInertiaKgm2 = [...expectNumbers(inertia, "inertia", 6)];
    }),
    act("set_payload_mass", ["m"], ([m]) => changePayload(m, undefined)),
    act("set_payload_cog", ["cog"], ([cog]) => void (setup.payloadCentre_F_m = vec3(cog, "cog"))),
    act("set_gravity", ["d"], ([d]) => void (setup.gravityMps2 = vec3(d, "d"))),
    act("protective_stop", [], () =>
      around.protectiveStop({ code: 209, argument: 0, text: "Protective stop asked for by the program" }),
    ),
    act(
      "rtde_set_watchdog",
      ["variable_name", "min_frequency", optional("action", "pause")],
      ([name, hz, action]) =>
        around.watchdogs.set(
          expectString(name, "variable_name"),
          expectNumber(hz, "min_frequency"),
          watchdogAction(action),
          around.cycle(),
        ),
    ),
    ...digital("digital", 0, 18),
    ...digital("standard_digital", 0, 8),
    ...digital("configurable_digital", 8, 8),
    ...digital("tool_digital", 16, 2),
    act("set_standard_analog_out", ["n", "f"], ([n, f]) => setAnalog(n, f)),
    act("set_analog_out", ["n", "f"], ([n, f]) => setAnalog(n, f)),
    instant("get_standard_analog_in", ["n"], () => 0),
    instant("get_standard_analog_out", ["n"], ([n]) => io.analogOutputs[below(n, 2)]!),
    act("set_tool_voltage", ["voltage"], ([v]) => void (io.toolVoltageV = expectInteger(v, "voltage"))),
    ...WITHOUT_EFFECT.map(([name, ...parameters]) => act(name, parameters, () => undefined)),
  ];

  /** Also forgets the inertia and zeroes the force sensor, as the manual says. */
  function changePayload(mass: Result, centre: Result): void {
    setPayload(mass, centre);
    setup.payloadInertiaKgm2 = [0, 0, 0, 0, 0, 0];
    around.force.zero();
  }

  function setPayload(mass: Result, centre: Result): void {
    const massKg = expectNumber(mass, "m");
    if (!(massKg >= 0 && massKg <= MAX_PAYLOAD_KG))
      throw new ScriptFault(`Payload of ${massKg} kg is not 0 to ${MAX_PAYLOAD_KG} kg`);
    setup.payloadKg = massKg;
    if (centre !== undefined) setup.payloadCentre_F_m = vec3(centre, "cog");
  }

  function setAnalog(n: Result, f: Result): void {
    io.analogOutputs[below(n, 2) as 0 | 1] = Math.min(1, Math.max(0, expectNumber(f, "f")));
  }
};

/** Settings that programs saved on a teach pendant begin with; the simulated arm has nothing they would change. */
const WITHOUT_EFFECT: readonly [string, ...string[]][] = [
  ["set_safety_mode_transition_hardness", "type"],
  ["set_input_actions_to_default"],
  ["set_tool_communication", "enabled", "baud_rate", "parity", "stop_bits", "rx_idle_chars", "tx_idle_chars"],
  ["set_tool_output_mode", "mode"],
  ["set_tool_digital_output_mode", "n", "mode"],
  ["set_tool_analog_input_domain", "port", "domain"],
  ["set_standard_analog_input_domain", "port", "domain"],
  ["set_analog_outputdomain", "port", "domain"],
];

const act = (
  name: string,
  parameters: readonly (string | BuiltinParameter)[],
  call: (args: readonly Result[]) => void,
): InstantBuiltin =>
  instant(name, parameters, (args) => {
    call(args);
    return undefined;
  });

function below(value: Result, count: number): number {
  const n = expectInteger(value, "n");
  if (n < 0 || n >= count) throw new ScriptFault(`n is ${n}; it must be 0 to ${count - 1}`);
  return n;
}

function watchdogAction(value: Result): WatchdogAction {
  const action = expectString(value, "action").toLowerCase();
  if (action === "ignore" || action === "pause" || action === "stop") return action;
  throw new ScriptFault(`rtde_set_watchdog: no action ${action}; there are "ignore", "pause" and "stop"`);
}
