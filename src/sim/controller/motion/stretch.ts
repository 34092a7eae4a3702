import { MAX_ACCELERATION_RADPS2, STOP_SPEED_RADPS } from "./joint-limits.ts";
import { type CommandedJoints, largest, type MotionFault } from "./motion.ts";
import { emptyPlace, type Segment } from "./segment.ts";
import { at, type Trapezoid } from "./trapezoid.ts";

/** A piece of a move with its time. */
export interface Stretch {
  readonly durationS: number;
  /**
   * Puts the joints where they are after `timeS` of it.
   *
   * @param joints their positions are read first: they pick the branch
   * @returns why the arm cannot be there
   */
  place(timeS: number, joints: CommandedJoints): MotionFault | undefined;
}

/** Along a segment, from one way on, as a speed profile says. */
export class PathStretch implements Stretch {
  readonly durationS: number;
  readonly segment: Segment;
  readonly #profile: Trapezoid;
  readonly #startWay: number;
  readonly #now = emptyPlace();

  constructor(segment: Segment, profile: Trapezoid, startWay = 0) {
    this.segment = segment;
    this.durationS = profile.durationS;
    this.#profile = profile;
    this.#startWay = startWay;
  }

  /** Way along the segment and speed at a time. */
  wayAt(timeS: number): readonly [way: number, speed: number] {
    const [way, speed] = at(this.#profile, timeS);
    return [this.#startWay + way, speed];
  }

  place(timeS: number, { q_rad, v_radps, a_radps2 }: CommandedJoints): MotionFault | undefined {
    const [way, speed, acceleration] = at(this.#profile, timeS);
    const now = this.#now;
    if (!this.segment.at(this.#startWay + way, q_rad, now)) return UNREACHABLE;
    for (let i = 0; i < 6; i++) {
      q_rad[i] = now.q_rad[i]!;
      v_radps[i] = now.slope[i]! * speed;
      a_radps2[i] = clamped(now.slope[i]! * acceleration + now.bend[i]! * speed ** 2);
    }
    return largest(v_radps) > STOP_SPEED_RADPS ? TOO_FAST : undefined;
  }
}

/** Joints with their speeds. */
export interface JointState {
  readonly q_rad: Float64Array;
  readonly v_radps: Float64Array;
}

/**
 * From one moving state to another in a given time, each joint a cubic of time: position and speed never jump. Between
 * straight lines at even speed it is the parabola that PolyScope blends with.
 */
export class BlendStretch implements Stretch {
  readonly durationS: number;
  readonly #from: JointState;
  readonly #to: JointState;

  constructor(from: JointState, to: JointState, durationS: number) {
    this.#from = { q_rad: from.q_rad.slice(), v_radps: from.v_radps.slice() };
    this.#to = to;
    this.durationS = durationS;
  }

  place(timeS: number, { q_rad, v_radps, a_radps2 }: CommandedJoints): MotionFault | undefined {
    const T = this.durationS;
    for (let i = 0; i < 6; i++) {
      const [q0, v0, v1] = [this.#from.q_rad[i]!, this.#from.v_radps[i]!, this.#to.v_radps[i]!];
      const way = this.#to.q_rad[i]! - q0;
      const c2 = (3 * way) / T ** 2 - (2 * v0 + v1) / T;
      const c3 = (v0 + v1) / T ** 2 - (2 * way) / T ** 3;
      q_rad[i] = q0 + timeS * (v0 + timeS * (c2 + timeS * c3));
      v_radps[i] = v0 + timeS * (2 * c2 + 3 * timeS * c3);
      a_radps2[i] = clamped(2 * c2 + 6 * timeS * c3);
    }
    return largest(v_radps) > STOP_SPEED_RADPS ? TOO_FAST : undefined;
  }
}

const clamped = (a: number): number =>
  Math.max(-MAX_ACCELERATION_RADPS2, Math.min(MAX_ACCELERATION_RADPS2, a));

export const UNREACHABLE: MotionFault = {
  code: 204,
  argument: 0,
  text: "Path sanity check failed: the tool cannot go there on this path",
};
export const TOO_FAST: MotionFault = {
  code: 207,
  argument: 0,
  text: "Joint speed limit exceeded on a path of the tool",
};
