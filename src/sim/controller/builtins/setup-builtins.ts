import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { BuiltinParameter, InstantBuiltin } from "../../urscript/script-host.ts";
import { expectNumber, expectNumbers, expectString } from "../../urscript/values/expect.ts";
import type { Result } from "../../urscript/values/value.ts";
import type { WatchdogAction } from "../watchdogs.ts";
import { jointsArgument, optional, urPose, vec3 } from "./arguments.ts";
import { left } from "./define-blocking.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";

/** Largest payload of a UR5e [kg]. @source UR5e data sheet */
const MAX_PAYLOAD_KG = 5;

/** Functions that set the tool, the payload and the watchdog. @source UR script manual 5.25 */
export const setupBuiltins = (around: BuiltinSurroundings): readonly InstantBuiltin[] => {
  const { setup } = around;
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
    act("pause_on_error_code", ["code", left("argument")], () => undefined),
    act("powerdown", [], () => around.powerDown()),
    act("set_pos", ["q"], ([q]) => around.placeArm(jointsArgument(q, "q"))),
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
};

/** Settings of which the simulated arm has nothing that they would change. */
const WITHOUT_EFFECT: readonly [string, ...(string | BuiltinParameter)[]][] = [
  ["set_safety_mode_transition_hardness", "type"],
  ["set_base_acceleration", "a"],
  ["position_deviation_warning", "enabled", optional("threshold", 0.8)],
  ["reset_revolution_counter", left("qNear")],
  ["high_holding_torque_disable"],
  ["high_holding_torque_enable"],
  ["tool_wrench_limit_set", "frame_offset", ...["Fx", "Fy", "Fz", "Mx", "My", "Mz"].map(left)],
  ["tool_wrench_limit_disable"],
];

/** A built-in that gives nothing. */
export const act = (
  name: string,
  parameters: readonly (string | BuiltinParameter)[],
  call: (args: readonly Result[]) => void,
): InstantBuiltin =>
  instant(name, parameters, (args) => {
    call(args);
    return undefined;
  });

function watchdogAction(value: Result): WatchdogAction {
  const action = expectString(value, "action").toLowerCase();
  if (action === "ignore" || action === "pause" || action === "stop") return action;
  throw new ScriptFault(`rtde_set_watchdog: no action ${action}; there are "ignore", "pause" and "stop"`);
}
