import { fromRotvec, multiply } from "../../../math/rotation.ts";
import { pose, type Pose } from "../../../math/pose.ts";
import { add, addScaled, norm, scale, sub, type Vec3 } from "../../../math/vec.ts";
import { MAX_ACCELERATION_RADPS2, STOP_SPEED_RADPS } from "./joint-limits.ts";
import { type CommandedJoints, largest, type Motion, type MotionProgress, rest } from "./motion.ts";
import { TOO_FAST, UNREACHABLE } from "./stretch.ts";
import type { ToolCarrier, Twist } from "./tool-carrier.ts";

const STILL: Twist = { v: [0, 0, 0], w: [0, 0, 0] };

/** What the tool should do next, seen from where it is and how it moves; asked every cycle. */
export interface ToolWish {
  readonly wanted: Twist;
  readonly acceleration: number;
  readonly turnAcceleration: number;
  /** The motion is over when it has come to rest at the wanted speed of nothing. */
  readonly endsAtRest: boolean;
}

/**
 * The tool point at a speed of its own: each cycle its velocity goes towards the wanted one as fast as the acceleration
 * lets it. Integrated as a pose, so that an even velocity makes a straight line.
 */
export class ToolSpeed implements Motion {
  readonly scaled = true;
  readonly #carrier: ToolCarrier;
  readonly #wish: (X_BT: Pose<"B", "T">, twist: Twist) => ToolWish;
  #X_BT: Pose<"B", "T"> | undefined;
  #twist: Twist = STILL;
  #reached = false;

  constructor(carrier: ToolCarrier, wish: (X_BT: Pose<"B", "T">, twist: Twist) => ToolWish) {
    this.#carrier = carrier;
    this.#wish = wish;
  }

  /** The wanted speed is there. */
  get reached(): boolean {
    return this.#reached;
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    const from = (this.#X_BT ??= this.#begin(joints));
    const { wanted, acceleration, turnAcceleration, endsAtRest } = this.#wish(from, this.#twist);
    const before = this.#twist;
    const v = towards(before.v, wanted.v, acceleration * timeS);
    const w = towards(before.w, wanted.w, turnAcceleration * timeS);
    this.#reached = same(v, wanted.v) && same(w, wanted.w);
    this.#twist = { v, w };
    this.#X_BT = moved(from, before, this.#twist, timeS);
    const q = this.#carrier.jointsAt(this.#X_BT, joints.q_rad);
    const rates = q && this.#carrier.ratesFor(this.#twist, q);
    if (q === undefined || rates === undefined) return UNREACHABLE;
    for (let i = 0; i < 6; i++) {
      const a = (rates[i]! - joints.v_radps[i]!) / timeS;
      joints.a_radps2[i] = Math.max(-MAX_ACCELERATION_RADPS2, Math.min(MAX_ACCELERATION_RADPS2, a));
      joints.q_rad[i] = q[i]!;
      joints.v_radps[i] = rates[i]!;
    }
    if (largest(joints.v_radps) > STOP_SPEED_RADPS) return TOO_FAST;
    if (!endsAtRest || !this.#reached || !isStill(this.#twist)) return "moving";
    rest(joints);
    return "over";
  }

  #begin({ q_rad, v_radps }: CommandedJoints): Pose<"B", "T"> {
    this.#twist = this.#carrier.twistOf(v_radps, q_rad);
    return this.#carrier.toolAt(q_rad).X_BT;
  }
}

/** By the mean of two twists over a time. */
function moved(X_BT: Pose<"B", "T">, a: Twist, b: Twist, timeS: number): Pose<"B", "T"> {
  const turn = fromRotvec(scale(add(a.w, b.w), timeS / 2));
  return pose("B", "T", addScaled(X_BT.p_m, add(a.v, b.v), timeS / 2), multiply(turn, X_BT.R));
}

function towards(value: Vec3, wanted: Vec3, most: number): Vec3 {
  const missing = sub(wanted, value);
  const length = norm(missing);
  return length <= most ? wanted : addScaled(value, missing, most / length);
}

const same = (a: Vec3, b: Vec3): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
export const isStill = ({ v, w }: Twist): boolean => norm(v) === 0 && norm(w) === 0;
