import type { DhParameters } from "../../../kinematics/dh.ts";
import { refine } from "../../../kinematics/inverse.ts";
import type { Joints } from "../../../math/joints.ts";
import { pose, type Pose } from "../../../math/pose.ts";
import { angleBetween, slerp } from "../../../math/rotation.ts";
import { distance, lerp, norm, sub, type Vec3 } from "../../../math/vec.ts";
import { paced, type Pace } from "./joint-line.ts";
import { MAX_ACCELERATION_RADPS2, STOP_SPEED_RADPS } from "./joint-limits.ts";
import {
  type CommandedJoints,
  largest,
  type Motion,
  type MotionFault,
  type MotionProgress,
  rest,
} from "./motion.ts";
import { at, type Trapezoid } from "./trapezoid.ts";

/** Radians that count as much as a metre when a way mostly turns. @assumed */
const METRES_PER_RADIAN = 0.25;
/** Time over which speeds are taken from positions [s]. */
const NEAR_S = 1e-4;

/** The way of the flange whose tool point goes straight from `from` to `to`. */
export interface FlangeWay {
  readonly from: Pose<"B", "T">;
  readonly to: Pose<"B", "T">;
  /** Flange seen from the tool point, X_TF. */
  flangeOf(X_BT: Pose<"B", "T">): Pose<"B", "F">;
}

/** `movel`: the tool point on a straight line from rest to rest, turning evenly on the way. */
export class ToolLine implements Motion {
  readonly scaled = true;
  readonly #dh: DhParameters;
  readonly #way: FlangeWay;
  readonly #profile: Trapezoid;
  #timeS = 0;

  /** @param pace of the tool point [m/s², m/s] */
  constructor(dh: DhParameters, way: FlangeWay, pace: Pace) {
    this.#dh = dh;
    this.#way = way;
    const turn = METRES_PER_RADIAN * angleBetween(way.from.R, way.to.R);
    this.#profile = paced(Math.max(distance(way.from.p_m, way.to.p_m), turn), pace);
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    this.#timeS += timeS;
    const now = this.#jointsAt(this.#timeS, joints.q_rad);
    const before = now && this.#jointsAt(this.#timeS - NEAR_S, now);
    const earlier = before && this.#jointsAt(this.#timeS - 2 * NEAR_S, before);
    if (now === undefined || before === undefined || earlier === undefined) return UNREACHABLE;
    for (let i = 0; i < 6; i++) {
      joints.q_rad[i] = now[i]!;
      joints.v_radps[i] = (1.5 * now[i]! - 2 * before[i]! + 0.5 * earlier[i]!) / NEAR_S;
      joints.a_radps2[i] = clamped((now[i]! - 2 * before[i]! + earlier[i]!) / NEAR_S ** 2);
    }
    if (largest(joints.v_radps) > STOP_SPEED_RADPS) return TOO_FAST;
    if (this.#timeS < this.#profile.durationS) return "moving";
    rest(joints);
    return "over";
  }

  #jointsAt(timeS: number, near: ArrayLike<number>): Joints | undefined {
    const { length } = this.#profile;
    const k = length > 0 ? at(this.#profile, Math.max(0, timeS))[0] / length : 1;
    const { from, to } = this.#way;
    const X_BT = pose("B", "T", lerp(from.p_m, to.p_m, k), slerp(from.R, to.R, k));
    const X_BF = this.#way.flangeOf(X_BT);
    return norm(sub(X_BF.p_m, SHOULDER_M)) > REACH_M
      ? undefined
      : refine(this.#dh, X_BF, near as unknown as Joints);
  }
}

/** Near where the shoulder is, and farther from it than any flange can be. @source UR5e: 0.425 + 0.3922 + wrists */
const [SHOULDER_M, REACH_M]: [Vec3, number] = [[0, 0, 0.1625], 1.2];

const clamped = (a: number): number =>
  Math.max(-MAX_ACCELERATION_RADPS2, Math.min(MAX_ACCELERATION_RADPS2, a));

const UNREACHABLE: MotionFault = {
  code: 204,
  argument: 0,
  text: "Path sanity check failed: the tool cannot go there on a straight line",
};
const TOO_FAST: MotionFault = {
  code: 207,
  argument: 0,
  text: "Joint speed limit exceeded on a straight line of the tool",
};
