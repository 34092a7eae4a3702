import { DEFAULT_DECELERATION_RADPS2 } from "./joint-limits.ts";
import type { CommandedJoints, Motion, MotionProgress } from "./motion.ts";
import type { ToolCarrier, Twist } from "./tool-carrier.ts";
import { ToolSpeed } from "./tool-speed.ts";

const STILL: Twist = { v: [0, 0, 0], w: [0, 0, 0] };
/** Deceleration of the tool point when nobody renews a `speedl` that accelerated less than this [m/s²]. @assumed */
const LEAST_DECELERATION_MPS2 = 1;

/** One `speedl` call. */
export interface LinearSpeedCall {
  readonly wanted: Twist;
  /** [m/s²], [rad/s²] */
  readonly acceleration: number;
  readonly turnAcceleration: number;
  /** How long the call keeps its thread [s]; 0 = until the speed is reached. */
  readonly timeS: number;
}

/** `speedl`: towards an even velocity of the tool. Brakes when nobody renews it. */
export class LinearSpeed implements Motion {
  readonly scaled = true;
  readonly #tool: ToolSpeed;
  readonly #timeS: number;
  #elapsedS = 0;
  #abandoned = false;

  constructor(carrier: ToolCarrier, { wanted, acceleration, turnAcceleration, timeS }: LinearSpeedCall) {
    this.#timeS = timeS;
    this.#tool = new ToolSpeed(carrier, () =>
      this.#abandoned
        ? {
            wanted: STILL,
            acceleration: Math.max(acceleration, LEAST_DECELERATION_MPS2),
            turnAcceleration: Math.max(turnAcceleration, DEFAULT_DECELERATION_RADPS2),
            endsAtRest: true,
          }
        : { wanted, acceleration, turnAcceleration, endsAtRest: false },
    );
  }

  /** The call's time is over; unless another motion follows in this cycle, the arm brakes. */
  callIsOver(): boolean {
    this.#abandoned = this.#timeS > 0 ? this.#elapsedS >= this.#timeS - 1e-9 : this.#tool.reached;
    return this.#abandoned;
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    this.#elapsedS += timeS;
    return this.#tool.advance(joints, timeS);
  }
}
