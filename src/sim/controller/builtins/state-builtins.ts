import type { Joints } from "../../../math/joints.ts";
import { compose, fromUrPose, inverse, pose, type Pose as FramePose, toUrPose } from "../../../math/pose.ts";
import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { BuiltinParameter, InstantBuiltin } from "../../urscript/script-host.ts";
import { expectNumbers } from "../../urscript/values/expect.ts";
import { Pose, type Result } from "../../urscript/values/value.ts";
import { jointsArgument, jointsForPose, urPose } from "./arguments.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";
import { tcpPoseOf } from "./tcp-pose.ts";

/** At rest for this long counts as steady [cycles], 0.5 s. @source UR script manual, `is_steady` */
const STEADY_CYCLES = 250;

const left = (name: string): BuiltinParameter => ({ name, optional: true });
const noPose = (): FramePose<"F", "T"> => pose("F", "T", [0, 0, 0]);

/** Functions that tell of the arm. @source UR script manual 5.25, "Module internals" */
export const stateBuiltins = (around: BuiltinSurroundings): readonly InstantBuiltin[] => {
  const { plant, motion, setup, actualTool, targetTool, dh } = around;
  const numbers = (name: string, values: () => ArrayLike<number>) =>
    instant(name, [], () => Array.from(values()));
  const poses = (name: string, values: () => ArrayLike<number>) =>
    instant(name, [], () => new Pose(Array.from(values())));
  return [
    numbers("get_actual_joint_positions", () => plant.q_rad),
    numbers("get_joint_positions", () => plant.q_rad),
    numbers("get_actual_joint_speeds", () => plant.qd_radps),
    numbers("get_target_joint_positions", () => motion.q_rad),
    numbers("get_target_joint_speeds", () => motion.qd_radps),
    numbers("get_joint_torques", () => plant.torqueNm),
    poses("get_actual_tcp_pose", () => actualTool.pose),
    poses("get_target_tcp_pose", () => targetTool.pose),
    numbers("get_actual_tcp_speed", () => actualTool.speed),
    numbers("get_target_tcp_speed", () => targetTool.speed),
    poses("get_actual_tool_flange_pose", () => toUrPose(compose(actualTool.X_BT, setup.X_TF))),
    poses("get_target_tool_flange_pose", () => toUrPose(compose(targetTool.X_BT, setup.X_TF))),
    numbers("get_tcp_force", () => plant.tcpWrench),
    instant("force", [], () => Math.hypot(plant.tcpWrench[0]!, plant.tcpWrench[1]!, plant.tcpWrench[2]!)),
    poses("get_tcp_offset", () => setup.tcp_F),
    instant("get_target_payload", [], () => setup.payloadKg),
    numbers("get_target_payload_cog", () => setup.payloadCentre_F_m),
    instant("is_steady", [], () => around.restCycles() >= STEADY_CYCLES),
    instant("get_forward_kin", [left("q"), left("tcp")], ([q, tcp]) => {
      const q_rad = isGiven(q) ? jointsArgument(q, "q") : ([...plant.q_rad] as unknown as Joints);
      return new Pose([...tcpPoseOf(dh, q_rad, toolOf(tcp))]);
    }),
    instant("get_inverse_kin", INVERSE_PARAMETERS, (args) => {
      const q_rad = inverseKin(args);
      if (q_rad === undefined)
        throw new ScriptFault("get_inverse_kin: the pose is out of reach, no solution");
      return q_rad;
    }),
    instant("get_inverse_kin_has_solution", INVERSE_PARAMETERS, (args) => inverseKin(args) !== undefined),
    instant("is_within_safety_limits", ["pose"], ([value]) =>
      value instanceof Pose
        ? inverseKin([value, undefined, undefined, undefined, undefined]) !== undefined
        : true,
    ),
  ];

  function toolOf(tcp: Result): FramePose<"F", "T"> {
    if (!isGiven(tcp)) return setup.X_FT;
    return tcp instanceof Pose ? fromUrPose("F", "T", urPose(tcp, "tcp")) : noPose();
  }

  function inverseKin([x, qnear, , , tcp]: readonly Result[]): number[] | undefined {
    const near = isGiven(qnear) ? expectNumbers(qnear, "qnear", 6) : motion.q_rad;
    const found = jointsForPose(dh, urPose(x, "x"), inverse(toolOf(tcp)), [...near] as unknown as Joints);
    return found && [...found];
  }
};

const INVERSE_PARAMETERS = [
  "x",
  left("qnear"),
  left("maxPositionError"),
  left("maxOrientationError"),
  left("tcp"),
];

/** The manual's own defaults are words: 'current_joint_positions', 'active_tcp'. */
const isGiven = (value: Result): boolean => value !== undefined && typeof value !== "string";
