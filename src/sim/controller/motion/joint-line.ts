import { MAX_ACCELERATION_RADPS2, MAX_SPEED_RADPS } from "./joint-limits.ts";
import { type CommandedJoints, largest, type Motion, type MotionProgress, rest } from "./motion.ts";
import { at, lasting, quickest, type Trapezoid } from "./trapezoid.ts";

/** How fast to go. */
export interface Pace {
  readonly acceleration: number;
  readonly speed: number;
  /** Duration [s]; 0 = as speed and acceleration give. */
  readonly timeS: number;
}

/** The trapezoid of a way at a pace. */
export const paced = (length: number, pace: Pace): Trapezoid =>
  pace.timeS > 0
    ? lasting(length, pace.timeS, pace.acceleration)
    : quickest(length, pace.acceleration, pace.speed);

/** `movej`: a straight line in joint space from rest to rest, all joints in step; the one with the longest way leads. */
export class JointLine implements Motion {
  readonly scaled = true;
  readonly #from_rad: Float64Array;
  readonly #way_rad: Float64Array;
  readonly #profile: Trapezoid;
  #timeS = 0;

  /** @param pace of the leading joint [rad/s², rad/s] */
  constructor(from_rad: ArrayLike<number>, to_rad: ArrayLike<number>, pace: Pace) {
    this.#from_rad = Float64Array.from(from_rad);
    this.#way_rad = Float64Array.from(to_rad, (to, i) => to - from_rad[i]!);
    this.#profile = paced(largest(this.#way_rad), {
      ...pace,
      acceleration: Math.min(pace.acceleration, MAX_ACCELERATION_RADPS2),
      speed: Math.min(pace.speed, MAX_SPEED_RADPS),
    });
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    this.#timeS += timeS;
    const { length } = this.#profile;
    const [way, v, a] = at(this.#profile, this.#timeS);
    for (let i = 0; i < 6; i++) {
      const share = length > 0 ? this.#way_rad[i]! / length : 0;
      joints.q_rad[i] = this.#from_rad[i]! + share * way;
      joints.v_radps[i] = share * v;
      joints.a_radps2[i] = share * a;
    }
    if (this.#timeS < this.#profile.durationS) return "moving";
    rest(joints);
    return "over";
  }
}
