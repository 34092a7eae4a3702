import { fromUrPose, type UrPose } from "../../../math/pose.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { BlockingBuiltin } from "../../urscript/script-host.ts";
import { expectBoolean, expectNumbers } from "../../urscript/values/expect.ts";
import { Pose, type Result } from "../../urscript/values/value.ts";
import { DAMPING_NMSPRAD } from "../../plant/mjcf.ts";
import { DirectTorque } from "../motion/direct-torque.ts";
import { JointSpeed } from "../motion/joint-speed.ts";
import { LinearSpeed } from "../motion/linear-speed.ts";
import { ServoCircle } from "../motion/servo-circle.ts";
import { ServoMotion } from "../motion/servo-motion.ts";
import { atLeastZero, jointsArgument, optional, positive, urPose } from "./arguments.ts";
import { blocking, left } from "./define-blocking.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";
import { tcpPoseOf } from "./tcp-pose.ts";

/** Most torque that a program may ask of the joints on top of their own load [Nm]. @source UR5e joint sizes 3, 3, 3, 1 */
const MOST_NM: readonly number[] = [150, 150, 150, 28, 28, 28];

/** Functions that steer the arm cycle by cycle. Defaults: UR script manual 5.25, "Module motion". */
export const servoBuiltins = (around: BuiltinSurroundings): readonly BlockingBuiltin[] => {
  const { motion, sensors } = around;
  return [
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
        const q_rad = jointsArgument(q, "q");
        const target = { q_rad, timeS: positive(t, "t"), lookaheadS: positive(lookahead, "lookahead_time") };
        motion.claim(thread);
        const servo =
          motion.current instanceof ServoMotion ? motion.current : new ServoMotion(motion.own.q_rad);
        servo.aim(target);
        return motion.begin(servo, thread, () => servo.callIsOver);
      },
    ),
    blocking(
      "servoc",
      ["pose", optional("a", 1.2), optional("v", 0.25), optional("r", 0)],
      ([pose, a, v, r], { thread }) => {
        const target = {
          X_BT: fromUrPose("B", "T", targetPose(pose)),
          acceleration: positive(a, "a"),
          speed: positive(v, "v"),
          radiusM: atLeastZero(r, "r"),
        };
        motion.claim(thread);
        const servo =
          motion.current instanceof ServoCircle ? motion.current : new ServoCircle(around.carrier(), target);
        servo.aim(target);
        return motion.begin(servo, thread, () => servo.callIsOver);
      },
    ),
    blocking("speedj", ["qd", optional("a", 1.4), optional("t", 0)], ([qd, a, t], { thread }) => {
      const speed = new JointSpeed(expectNumbers(qd, "qd", 6), atLeastZero(a, "a"), atLeastZero(t, "t"));
      motion.claim(thread);
      return motion.begin(speed, thread, () => speed.callIsOver());
    }),
    blocking(
      "speedl",
      ["xd", optional("a", 1.2), optional("t", 0), optional("aRot", "a")],
      ([xd, a, t, aRot], { thread }) => {
        const [x, y, z, rx, ry, rz] = expectNumbers(xd, "xd", 6);
        const acceleration = atLeastZero(a, "a");
        const speed = new LinearSpeed(around.carrier(), {
          wanted: { v: [x!, y!, z!], w: [rx!, ry!, rz!] },
          acceleration,
          turnAcceleration: typeof aRot === "string" ? acceleration : atLeastZero(aRot, "aRot"),
          timeS: atLeastZero(t, "t"),
        });
        motion.claim(thread);
        return motion.begin(speed, thread, () => speed.callIsOver());
      },
    ),
    ...["direct_torque", "torque_command"].map((name) =>
      blocking(
        name,
        ["torque", optional("friction_comp", true), left("viscous_scale"), left("coulomb_scale")],
        ([torque, compensated, viscous], { thread }) => {
          const torqueNm = [...expectNumbers(torque, "torque", 6)];
          const share = frictionShare(compensated, viscous);
          motion.claim(thread);
          const direct = motion.current instanceof DirectTorque ? motion.current : new DirectTorque(sensors);
          const added = torqueNm.map((t, i) => {
            if (Math.abs(t) > MOST_NM[i]!)
              throw new ScriptFault(
                `${name}: joint ${i} is asked for ${t} Nm; the limit is ${MOST_NM[i]} Nm`,
              );
            return t + share[i]! * DAMPING_NMSPRAD[i]! * sensors.qd_radps[i]!;
          });
          direct.ask(added);
          return motion.begin(direct, thread, () => direct.callIsOver);
        },
      ),
    ),
  ];

  function targetPose(pose: Result): UrPose {
    return pose instanceof Pose
      ? urPose(pose, "pose")
      : tcpPoseOf(around.dh, jointsArgument(pose, "pose"), around.setup.X_FT);
  }
};

/** How much of the joints' viscous friction the motors overcome. @assumed default 0.9 where compensation is on */
function frictionShare(compensated: Result, viscous: Result): readonly number[] {
  if (viscous !== undefined) return expectNumbers(viscous, "viscous_scale", 6);
  return new Array<number>(6).fill(expectBoolean(compensated, "friction_comp") ? 0.9 : 0);
}
