import { DEFAULT_DECELERATION_RADPS2 } from "./joint-limits.ts";
import type { CommandedJoints, Motion, MotionProgress } from "./motion.ts";
import { StopMotion } from "./stop-motion.ts";
import type { ToolCarrier } from "./tool-carrier.ts";
import { ToolSpeed } from "./tool-speed.ts";

/** `stopl`: the tool point to rest along a straight line; where the arm cannot do that, its joints to rest. */
export class StopTool implements Motion {
  readonly scaled = false;
  readonly #tool: ToolSpeed;
  #joints: StopMotion | undefined;

  /** @param acceleration [m/s²] @param turnAcceleration [rad/s²] */
  constructor(carrier: ToolCarrier, acceleration: number, turnAcceleration: number) {
    const still = {
      wanted: { v: [0, 0, 0], w: [0, 0, 0] },
      acceleration,
      turnAcceleration,
      endsAtRest: true,
    } as const;
    this.#tool = new ToolSpeed(carrier, () => still);
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    if (this.#joints !== undefined) return this.#joints.advance(joints, timeS);
    const before = { q: joints.q_rad.slice(), v: joints.v_radps.slice() };
    const progress = this.#tool.advance(joints, timeS);
    if (typeof progress !== "object") return progress;
    joints.q_rad.set(before.q);
    joints.v_radps.set(before.v);
    this.#joints = new StopMotion(DEFAULT_DECELERATION_RADPS2);
    return this.#joints.advance(joints, timeS);
  }
}
