import { fromUrPose, type Pose as FramePose, type UrPose } from "../../../math/pose.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import { type BlockingBuiltin, cycles, immediately, type ScriptWait } from "../../urscript/script-host.ts";
import { expectNumber } from "../../urscript/values/expect.ts";
import { Pose, type Result } from "../../urscript/values/value.ts";
import { AfterStop } from "../motion/after-stop.ts";
import { blend } from "../motion/blend.ts";
import { MAX_ACCELERATION_RADPS2, MAX_SPEED_RADPS } from "../motion/joint-limits.ts";
import { JointSegment } from "../motion/joint-segment.ts";
import { Move } from "../motion/move.ts";
import type { Pace } from "../motion/pace.ts";
import type { Segment } from "../motion/segment.ts";
import { StopMotion } from "../motion/stop-motion.ts";
import { StopTool } from "../motion/stop-tool.ts";
import { toolArc, toolLine } from "../motion/tool-curve.ts";
import { ToolSegment } from "../motion/tool-segment.ts";
import { atLeastZero, jointsArgument, jointsForPose, optional, positive, urPose } from "./arguments.ts";
import { blocking } from "./define-blocking.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";
import { tcpPoseOf } from "./tcp-pose.ts";

/** Speeds and accelerations that a fraction of 1 stands for in `optimovej` and `optimovel`. @assumed */
const [BEST_MPS, BEST_MPS2, BEST_RADPS2] = [1, 5, 20];

/** A begin of a segment: joints, and the tool's pose there. */
interface Begin {
  readonly q_rad: ArrayLike<number>;
  readonly X_BT: FramePose<"B", "T">;
}

interface MoveCall {
  readonly segmentFrom: (begin: Begin) => Segment;
  readonly pace: Pace;
  readonly radiusM: number;
  readonly rounded?: true;
}

/** Functions that move the arm along a path. Defaults: UR script manual 5.25, "Module motion". */
export const moveBuiltins = (around: BuiltinSurroundings): readonly BlockingBuiltin[] => [
  blocking(
    "movej",
    ["q", optional("a", 1.4), optional("v", 1.05), optional("t", 0), optional("r", 0)],
    ([q, a, v, t, r], { thread }) =>
      moveOn(around, thread, {
        ...jointMove(around, q, "movej"),
        pace: jointPace(a, v, t),
        radiusM: atLeastZero(r, "r"),
      }),
  ),
  blocking(
    "movel",
    ["pose", optional("a", 1.2), optional("v", 0.25), optional("t", 0), optional("r", 0)],
    ([target, a, v, t, r], { thread }) =>
      moveOn(around, thread, {
        ...lineMove(around, target),
        pace: paceOf(a, v, t),
        radiusM: atLeastZero(r, "r"),
      }),
  ),
  blocking(
    "movep",
    ["pose", optional("a", 1.2), optional("v", 0.25), optional("r", 0)],
    ([target, a, v, r], { thread }) =>
      moveOn(around, thread, {
        ...lineMove(around, target),
        pace: paceOf(a, v, 0),
        radiusM: atLeastZero(r, "r"),
        rounded: true,
      }),
  ),
  blocking(
    "movec",
    ["pose_via", "pose_to", optional("a", 1.2), optional("v", 0.25), optional("r", 0), optional("mode", 0)],
    ([via, to, a, v, r, mode], { thread }) =>
      moveOn(around, thread, {
        ...circleMove(around, via, to, expectNumber(mode, "mode")),
        pace: paceOf(a, v, 0),
        radiusM: atLeastZero(r, "r"),
      }),
  ),
  blocking(
    "optimovej",
    ["q", optional("a", 0.3), optional("v", 0.3), optional("r", 0)],
    ([q, a, v, r], { thread }) =>
      moveOn(around, thread, {
        ...jointMove(around, q, "optimovej"),
        pace: {
          acceleration: BEST_RADPS2 * fraction(a, "a"),
          speed: MAX_SPEED_RADPS * fraction(v, "v"),
          timeS: 0,
        },
        radiusM: atLeastZero(r, "r"),
      }),
  ),
  blocking(
    "optimovel",
    ["pose", optional("a", 0.3), optional("v", 0.3), optional("r", 0)],
    ([p, a, v, r], { thread }) =>
      moveOn(around, thread, {
        ...lineMove(around, p),
        pace: { acceleration: BEST_MPS2 * fraction(a, "a"), speed: BEST_MPS * fraction(v, "v"), timeS: 0 },
        radiusM: atLeastZero(r, "r"),
      }),
  ),
  blocking("stopj", [optional("a", 2)], ([a], { thread }) => {
    const deceleration = positive(a, "a");
    around.motion.claim(thread);
    if (!around.motion.moving) return immediately();
    return around.motion.begin(new StopMotion(deceleration), thread);
  }),
  blocking("stopl", [optional("a", 20), optional("aRot", "a")], ([a, aRot], { thread }) => {
    const acceleration = positive(a, "a");
    const turn = typeof aRot === "string" ? acceleration : positive(aRot, "aRot");
    around.motion.claim(thread);
    if (!around.motion.moving) return immediately();
    return around.motion.begin(new StopTool(around.carrier(), acceleration, turn), thread);
  }),
];

/** Starts a move: out of the one before where that lies in its blend, else from rest. */
function moveOn(around: BuiltinSurroundings, thread: number, call: MoveCall): ScriptWait {
  const { motion } = around;
  motion.claim(thread);
  const { current } = motion;
  if (!(current instanceof Move && current.mayBlend)) return fromRest(around, thread, call);
  const segment = call.segmentFrom(endOf(current, around));
  const next = { segment, pace: call.pace, radiusM: call.radiusM, rounded: call.rounded === true };
  const blended = blend(current, motion.own, next, around.carrier());
  switch (blended.kind) {
    case "blended":
      return run(around, thread, blended.move);
    case "there":
      return motion.hold(thread);
    case "overlap":
      around.warn("Overlapping Blends: a move was skipped because its blend reaches into the one before");
      return cycles(1);
    case "fault":
      around.protectiveStop(blended.fault);
      return motion.hold(thread);
  }
}

function fromRest(around: BuiltinSurroundings, thread: number, call: MoveCall): ScriptWait {
  const { motion } = around;
  const make = (q_rad: ArrayLike<number>): Move => {
    const begin = { q_rad, X_BT: around.carrier().toolAt(q_rad).X_BT };
    return new Move(call.segmentFrom(begin), call.pace, call.radiusM);
  };
  if (!motion.moving) return run(around, thread, make(motion.own.q_rad));
  const after = new AfterStop(make);
  return motion.begin(after, thread, () => after.next instanceof Move && after.next.mayBlend);
}

const run = ({ motion }: BuiltinSurroundings, thread: number, move: Move): ScriptWait =>
  motion.begin(move, thread, () => move.mayBlend);

/** Where a move ends: joints on its branch, and the pose of the tool. */
function endOf({ segment }: Move, { motion, carrier }: BuiltinSurroundings): Begin {
  const place = { q_rad: new Float64Array(6), slope: new Float64Array(6), bend: new Float64Array(6) };
  segment.at(segment.length, motion.own.q_rad, place);
  return { q_rad: place.q_rad, X_BT: carrier().toolAt(place.q_rad).X_BT };
}

function jointMove(around: BuiltinSurroundings, q: Result, who: string): Pick<MoveCall, "segmentFrom"> {
  const to = q instanceof Pose ? undefined : jointsArgument(q, "q");
  const pose = q instanceof Pose ? urPose(q, "q") : undefined;
  const carrier = around.carrier();
  return {
    segmentFrom: ({ q_rad }) => new JointSegment(q_rad, to ?? jointsNear(around, pose!, q_rad, who), carrier),
  };
}

function lineMove(around: BuiltinSurroundings, target: Result): Pick<MoveCall, "segmentFrom"> {
  const to = fromUrPose("B", "T", poseArgument(around, target, "pose"));
  return { segmentFrom: ({ X_BT }) => new ToolSegment(toolLine(X_BT, to), around.carrier()) };
}

function circleMove(
  around: BuiltinSurroundings,
  via: Result,
  to: Result,
  mode: number,
): Pick<MoveCall, "segmentFrom"> {
  const [x, y, z] = poseArgument(around, via, "pose_via");
  const end = fromUrPose("B", "T", poseArgument(around, to, "pose_to"));
  return {
    segmentFrom: ({ X_BT }) => {
      const curve = toolArc(X_BT, [x, y, z], end, mode === 1 ? "fixed" : "interpolated");
      if (curve === undefined)
        throw new ScriptFault("movec: two of the three points of the circle are the same");
      return new ToolSegment(curve, around.carrier());
    },
  };
}

/** A pose, or joints: then where they put the tool. */
const poseArgument = ({ dh, setup }: BuiltinSurroundings, target: Result, what: string): UrPose =>
  target instanceof Pose ? urPose(target, what) : tcpPoseOf(dh, jointsArgument(target, what), setup.X_FT);

function jointsNear(
  { dh, setup }: BuiltinSurroundings,
  pose: UrPose,
  near_rad: ArrayLike<number>,
  who: string,
): ArrayLike<number> {
  const found = jointsForPose(dh, pose, setup.X_TF, near_rad);
  if (found === undefined)
    throw new ScriptFault(`${who}: the pose is out of reach, no inverse kinematics solution`);
  return found;
}

const paceOf = (a: Result, v: Result, t: Result): Pace => {
  const timeS = atLeastZero(t, "t");
  if (timeS > 0) return { acceleration: atLeastZero(a, "a") || 1e-3, speed: 1, timeS };
  return { acceleration: positive(a, "a"), speed: positive(v, "v"), timeS };
};

function jointPace(a: Result, v: Result, t: Result): Pace {
  const pace = paceOf(a, v, t);
  return {
    ...pace,
    acceleration: Math.min(pace.acceleration, MAX_ACCELERATION_RADPS2),
    speed: Math.min(pace.speed, MAX_SPEED_RADPS),
  };
}

function fraction(value: Result, what: string): number {
  const number = positive(value, what);
  if (number > 1) throw new ScriptFault(`${what} must be above 0 and at most 1, not ${number}`);
  return number;
}
