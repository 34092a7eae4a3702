import { compose, toUrPose } from "../../../math/pose.ts";
import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { InstantBuiltin } from "../../urscript/script-host.ts";
import { expectInteger, expectString } from "../../urscript/values/expect.ts";
import { Pose, type Result } from "../../urscript/values/value.ts";
import { jointTemperatures } from "../electrics.ts";
import { timeOfCycle } from "../control-cycle.ts";
import { AfterStop } from "../motion/after-stop.ts";
import { Move } from "../motion/move.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";

/** At rest for this long counts as steady [cycles], 0.5 s. @source UR script manual, `is_steady` */
const STEADY_CYCLES = 250;

/** Functions that tell of the arm. @source UR script manual 5.25, "Module internals" */
export const stateBuiltins = (around: BuiltinSurroundings): readonly InstantBuiltin[] => {
  const { sensors, motion, setup, actualTool, targetTool, force } = around;
  const numbers = (name: string, values: () => ArrayLike<number>) =>
    instant(name, [], () => Array.from(values()));
  const poses = (name: string, values: () => ArrayLike<number>) =>
    instant(name, [], () => new Pose(Array.from(values())));
  return [
    numbers("get_actual_joint_positions", () => sensors.q_rad),
    numbers("get_joint_positions", () => sensors.q_rad),
    numbers("get_actual_joint_speeds", () => sensors.qd_radps),
    numbers("get_target_joint_positions", () => motion.q_rad),
    numbers("get_target_joint_speeds", () => motion.qd_radps),
    numbers("get_target_joint_accelerations", () => motion.qdd_radps2),
    numbers("get_joint_torques", () => jointTorquesOf(actualTool.jacobian, force.atTool)),
    poses("get_actual_tcp_pose", () => actualTool.pose),
    poses("get_target_tcp_pose", () => targetTool.pose),
    poses("get_target_tcp_pose_along_path", () => targetTool.pose),
    numbers("get_actual_tcp_speed", () => actualTool.speed),
    numbers("get_target_tcp_speed", () => targetTool.speed),
    numbers("get_target_tcp_speed_along_path", () => targetTool.speed),
    poses("get_actual_tool_flange_pose", () => toUrPose(compose(actualTool.X_BT, setup.X_TF))),
    poses("get_target_tool_flange_pose", () => toUrPose(compose(targetTool.X_BT, setup.X_TF))),
    poses("get_target_waypoint", () => waypointOf(around)),
    poses("get_tcp_offset", () => setup.tcp_F),
    instant("get_target_payload", [], () => setup.payloadKg),
    numbers("get_target_payload_cog", () => setup.payloadCentre_F_m),
    numbers("get_target_payload_inertia", () => setup.payloadInertiaKgm2),
    numbers("get_gravity", () => setup.gravityMps2),
    numbers("get_base_acceleration", () => [0, 0, 0]),
    instant("get_joint_temp", ["j"], ([j]) => {
      const joint = expectInteger(j, "j");
      const temperature = jointTemperatures(timeOfCycle(around.cycle()))[joint];
      if (temperature === undefined) throw new ScriptFault(`get_joint_temp: there is no joint ${joint}`);
      return temperature;
    }),
    instant("get_tool_temp", [], () => jointTemperatures(timeOfCycle(around.cycle()))[5]! + 2),
    instant("get_controller_temp", [], () => 38),
    instant("get_tool_current", [], () => 0),
    numbers(
      "get_tool_accelerometer_reading",
      () => around.output("actual_tool_accelerometer") as ArrayLike<number>,
    ),
    instant("is_steady", [], () => around.restCycles() >= STEADY_CYCLES),
    instant("time", [{ name: "mode", default: 0 }], () => timeOfCycle(around.cycle())),
    instant("get_rtde_value", ["name"], ([name]) => rtdeValue(around, expectString(name, "name"))),
  ];
};

/** τ = Jᵀ w: torques of the outside world on the joints. */
const jointTorquesOf = (J: Float64Array, wrench: readonly number[]): number[] =>
  Array.from({ length: 6 }, (_, j) => wrench.reduce((sum, w, row) => sum + J[6 * row + j]! * w, 0));

/** Where the move that runs is going; where the tool is asked to be when none runs. */
function waypointOf({ motion, targetTool }: BuiltinSurroundings): readonly number[] {
  const current = motion.current instanceof AfterStop ? motion.current.next : motion.current;
  return current instanceof Move ? current.goal : targetTool.pose;
}

function rtdeValue({ output }: BuiltinSurroundings, name: string): Result {
  const value = output(name);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  if (value === undefined) throw new ScriptFault(`get_rtde_value: there is no output ${name}`);
  return Array.from(value as ArrayLike<number>);
}
