import { multiply, toRotvec, transpose } from "../../../math/rotation.ts";
import type { Pose } from "../../../math/pose.ts";
import { norm, scale, sub, type Vec3 } from "../../../math/vec.ts";
import { PERIOD_S } from "../control-cycle.ts";
import type { CommandedJoints, Motion, MotionProgress } from "./motion.ts";
import type { ToolCarrier } from "./tool-carrier.ts";
import { ToolSpeed, type ToolWish } from "./tool-speed.ts";

/** Radians that count as much as a metre. @assumed as for straight moves */
const METRES_PER_RADIAN = 0.25;
/** Nearer than this is there [m], [rad]. */
const THERE = 1e-9;

/** One `servoc` call. */
export interface CircleTarget {
  readonly X_BT: Pose<"B", "T">;
  /** [m/s²] */
  readonly acceleration: number;
  /** [m/s] */
  readonly speed: number;
  /** Within this distance the arm does not slow down yet [m]. */
  readonly radiusM: number;
}

/**
 * `servoc`: the tool point heads for its target at an even speed; a change of direction takes the acceleration, so it
 * turns along an arc. It comes to rest on the last target. Each call lasts one cycle.
 *
 * @assumed UR does not publish the law; only that the way is circular and the speed even
 */
export class ServoCircle implements Motion {
  readonly scaled = true;
  readonly #tool: ToolSpeed;
  #target: CircleTarget;
  #fresh = true;

  constructor(carrier: ToolCarrier, target: CircleTarget) {
    this.#target = target;
    this.#tool = new ToolSpeed(carrier, (X_BT) => this.#wish(X_BT));
  }

  aim(target: CircleTarget): void {
    this.#target = target;
    this.#fresh = true;
  }

  get callIsOver(): boolean {
    return !this.#fresh;
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    this.#fresh = false;
    return this.#tool.advance(joints, timeS);
  }

  #wish(X_BT: Pose<"B", "T">): ToolWish {
    const { X_BT: to, acceleration, speed, radiusM } = this.#target;
    const turnAcceleration = acceleration / METRES_PER_RADIAN;
    const wanted = {
      v: heading(sub(to.p_m, X_BT.p_m), acceleration, speed, radiusM),
      w: heading(toRotvec(multiply(to.R, transpose(X_BT.R))), turnAcceleration, speed / METRES_PER_RADIAN, 0),
    };
    return {
      wanted,
      acceleration: 2 * acceleration,
      turnAcceleration: 2 * turnAcceleration,
      endsAtRest: false,
    };
  }
}

/** Towards a goal: at the speed given, less where it must come to rest, and never beyond it in a cycle. */
function heading(way: Vec3, acceleration: number, speed: number, early: number): Vec3 {
  const left = norm(way);
  if (left < THERE) return [0, 0, 0];
  const most = Math.min(speed, Math.sqrt(2 * acceleration * (left + early)), left / (4 * PERIOD_S));
  return scale(way, most / left);
}
