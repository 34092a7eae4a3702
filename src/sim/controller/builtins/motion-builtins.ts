import { compose, fromUrPose, type UrPose } from "../../../math/pose.ts";
import type { Joints } from "../../../math/joints.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import { type BlockingBuiltin, immediately } from "../../urscript/script-host.ts";
import { expectNumber } from "../../urscript/values/expect.ts";
import { Pose, type Result } from "../../urscript/values/value.ts";
import { asParameter } from "../../urscript/builtins/define.ts";
import { AfterStop } from "../motion/after-stop.ts";
import { JointLine, type Pace } from "../motion/joint-line.ts";
import { JointSpeed } from "../motion/joint-speed.ts";
import { ServoMotion } from "../motion/servo-motion.ts";
import { StopMotion } from "../motion/stop-motion.ts";
import { ToolLine } from "../motion/tool-line.ts";
import { tcpPoseOf } from "./tcp-pose.ts";
import { jointsArgument, jointsForPose, optional, positive, urPose } from "./arguments.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";

type Parameters = readonly (string | BlockingBuiltin["parameters"][number])[];

const blocking = (name: string, parameters: Parameters, call: BlockingBuiltin["call"]): BlockingBuiltin => ({
  name,
  blocking: true,
  parameters: parameters.map(asParameter),
  call,
});

/** Defaults of accelerations, speeds and times. @source UR script manual 5.25, "Module motion" */
export const motionBuiltins = (around: BuiltinSurroundings): readonly BlockingBuiltin[] => [
  blocking(
    "servoj",
    [
      "q",
      optional("a", 0),
      optional("v", 0),
      optional("t", 0.002),
      optional("lookahead_time", 0.1),
      optional("gain", 300),
    ],
    ([q, , , t, lookahead], { thread }) => {
      const { motion } = around;
      const q_rad = jointsArgument(q, "q");
      const target = { q_rad, timeS: positive(t, "t"), lookaheadS: positive(lookahead, "lookahead_time") };
      motion.claim(thread);
      const servo = motion.current instanceof ServoMotion ? motion.current : new ServoMotion(motion.q_rad);
      servo.aim(target);
      return motion.begin(servo, thread, () => servo.callIsOver);
    },
  ),
  blocking(
    "movej",
    ["q", optional("a", 1.4), optional("v", 1.05), optional("t", 0), optional("r", 0)],
    ([q, a, v, t], { thread }) => {
      const { motion } = around;
      const to = q instanceof Pose ? jointsAt(around, urPose(q, "q"), "movej") : jointsArgument(q, "q");
      const pace = paceOf(a, v, t);
      motion.claim(thread);
      return motion.begin(new AfterStop((from) => new JointLine(from, to, pace)), thread);
    },
  ),
  blocking(
    "movel",
    ["pose", optional("a", 1.2), optional("v", 0.25), optional("t", 0), optional("r", 0)],
    ([target, a, v, t], { thread }) => {
      const pace = paceOf(a, v, t);
      const to = fromUrPose(
        "B",
        "T",
        target instanceof Pose ? urPose(target, "pose") : tcpAt(around, target),
      );
      around.motion.claim(thread);
      const line = () =>
        new ToolLine(around.dh, { from: around.targetTool.X_BT, to, flangeOf: flangeOf(around) }, pace);
      return around.motion.begin(new AfterStop(line), thread);
    },
  ),
  blocking("speedj", ["qd", optional("a", 1.4), optional("t", 0)], ([qd, a, t], { thread }) => {
    const speed = new JointSpeed(jointsArgument(qd, "qd"), positive(a, "a"), expectNumber(t, "t"));
    around.motion.claim(thread);
    return around.motion.begin(speed, thread, () => speed.callIsOver());
  }),
  ...["stopj", "stopl"].map((name) =>
    blocking(name, ["a", optional("aRot", "a")], ([a], { thread }) => {
      const deceleration = positive(a, "a");
      around.motion.claim(thread);
      if (!around.motion.moving) return immediately();
      return around.motion.begin(new StopMotion(deceleration), thread);
    }),
  ),
];

const paceOf = (a: Result, v: Result, t: Result): Pace => ({
  acceleration: positive(a, "a"),
  speed: positive(v, "v"),
  timeS: expectNumber(t, "t"),
});

const flangeOf = ({ setup }: BuiltinSurroundings) => {
  const { X_TF } = setup;
  return (X_BT: ReturnType<typeof fromUrPose<"B", "T">>) => compose(X_BT, X_TF);
};

function jointsAt({ dh, setup, motion }: BuiltinSurroundings, pose: UrPose, who: string): Joints {
  const found = jointsForPose(dh, pose, setup.X_TF, [...motion.q_rad] as unknown as Joints);
  if (found === undefined)
    throw new ScriptFault(`${who}: the pose is out of reach, no inverse kinematics solution`);
  return found;
}

/** movel also takes joints: the TCP goes straight to where they would put it. */
function tcpAt({ dh, setup }: BuiltinSurroundings, joints: Result): UrPose {
  return tcpPoseOf(dh, jointsArgument(joints, "pose"), setup.X_FT);
}
