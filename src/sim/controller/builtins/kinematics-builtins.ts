import { jacobianAt, jointAxes } from "../../../kinematics/forward.ts";
import type { Joints } from "../../../math/joints.ts";
import { fromUrPose, inverse, pose, type Pose as FramePose, transformPoint } from "../../../math/pose.ts";
import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { InstantBuiltin } from "../../urscript/script-host.ts";
import { expectNumbers } from "../../urscript/values/expect.ts";
import { Pose, type Result } from "../../urscript/values/value.ts";
import { JOINT_RANGE_RAD } from "../motion/joint-limits.ts";
import { jointsArgument, jointsForPose, urPose } from "./arguments.ts";
import { left } from "./define-blocking.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";
import { tcpPoseOf } from "./tcp-pose.ts";

/** Step of time over which the Jacobian's change is taken [s]. */
const NEAR_S = 1e-5;

const noTool = (): FramePose<"F", "T"> => pose("F", "T", [0, 0, 0]);

/** Functions of the arm's geometry and inertia. @source UR script manual 5.25, "Module internals" */
export const kinematicsBuiltins = (around: BuiltinSurroundings): readonly InstantBuiltin[] => {
  const { plant, sensors, motion, setup, dh } = around;
  return [
    instant(
      "get_forward_kin",
      [left("q"), left("tcp")],
      ([q, tcp]) => new Pose([...tcpPoseOf(dh, jointsOrNow(q), toolOf(tcp))]),
    ),
    instant("get_inverse_kin", INVERSE_PARAMETERS, (args) => {
      const q_rad = inverseKin(args);
      if (q_rad === undefined)
        throw new ScriptFault("get_inverse_kin: the pose is out of reach, no solution");
      return q_rad;
    }),
    instant("get_inverse_kin_has_solution", INVERSE_PARAMETERS, (args) => inverseKin(args) !== undefined),
    instant("is_within_safety_limits", ["pose"], ([value]) =>
      value instanceof Pose
        ? inverseKin([value]) !== undefined
        : expectNumbers(value, "pose", 6).every((q) => Math.abs(q) <= JOINT_RANGE_RAD),
    ),
    instant("get_jacobian", [left("q"), left("tcp")], ([q, tcp]) =>
      rowsOf(jacobian(jointsOrNow(q), toolOf(tcp))),
    ),
    instant("get_jacobian_time_derivative", [left("q"), left("qd"), left("tcp")], ([q, qd, tcp]) => {
      const [q_rad, qd_radps, X_FT] = [jointsOrNow(q), speedsOrNow(qd), toolOf(tcp)];
      const at = (timeS: number) =>
        jacobian(
          q_rad.map((a, i) => a + timeS * qd_radps[i]!),
          X_FT,
        );
      const before = at(-NEAR_S);
      return rowsOf(at(NEAR_S).map((value, i) => (value - before[i]!) / (2 * NEAR_S)));
    }),
    instant("get_mass_matrix", [left("q"), left("include_rotors_inertia")], ([q]) =>
      rowsOf(plant.massMatrix(jointsOrNow(q))),
    ),
    instant("get_coriolis_and_centrifugal_torques", [left("q"), left("qd")], ([q, qd]) =>
      Array.from(plant.coriolisNm(jointsOrNow(q), speedsOrNow(qd))),
    ),
  ];

  function jointsOrNow(q: Result): Joints {
    return isGiven(q) ? jointsArgument(q, "q") : ([...sensors.q_rad] as unknown as Joints);
  }

  function speedsOrNow(qd: Result): readonly number[] {
    return isGiven(qd) ? expectNumbers(qd, "qd", 6) : [...sensors.qd_radps];
  }

  function jacobian(q_rad: readonly number[], X_FT: FramePose<"F", "T">): Float64Array {
    const { axes, X_BF } = jointAxes(dh, q_rad);
    return jacobianAt(axes, transformPoint(X_BF, X_FT.p_m));
  }

  function toolOf(tcp: Result): FramePose<"F", "T"> {
    if (!isGiven(tcp)) return setup.X_FT;
    return tcp instanceof Pose ? fromUrPose("F", "T", urPose(tcp, "tcp")) : noTool();
  }

  function inverseKin([x, qnear, , , tcp]: readonly Result[]): number[] | undefined {
    const near = isGiven(qnear) ? expectNumbers(qnear, "qnear", 6) : motion.q_rad;
    const found = jointsForPose(dh, urPose(x, "x"), inverse(toolOf(tcp)), near);
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

const rowsOf = (matrix: Float64Array): number[][] =>
  Array.from({ length: 6 }, (_, row) => Array.from(matrix.subarray(6 * row, 6 * row + 6)));
