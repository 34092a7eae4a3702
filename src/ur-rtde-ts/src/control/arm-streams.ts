import { type CommandChannel } from "./command-channel.ts";
import { six, within } from "./waypoint.ts";

/** How servo targets are followed. @source URScript manual, `servoj` */
export interface ServoOptions {
  /** Time one target is for, default 0.002 [s]. */
  readonly timeS?: number;
  /** 0.03 to 0.2, default 0.1 [s]: smooths, and lags by about as much. */
  readonly lookaheadS?: number;
  /** 100 to 2000, default 300: stiffness. */
  readonly gain?: number;
}

/**
 * Targets that follow each other: call again and again, for example once for every state. A stream that pauses for
 * longer than `streamHoldS` has ended, and the arm comes to rest.
 *
 * For a path that is known, `RobotControl.stream` is better: it does not depend on when the host wakes up.
 *
 * Every method throws a ControlError when the control program does not run: call `ready` first.
 */
export class ArmStreams {
  readonly #channel: CommandChannel;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
  }

  /** Follows joint positions. @param q_rad base to wrist 3, near where the arm is [rad] */
  servoJoints(q_rad: ArrayLike<number>, options: ServoOptions = {}): void {
    this.#channel.stream("servoJ", { reals: [...six(q_rad, "q_rad"), ...servo(options)] });
  }

  /** Follows poses of the TCP in the base [m, rotation vector in rad]. */
  servoPose(pose: ArrayLike<number>, options: ServoOptions = {}): void {
    this.#channel.stream("servoL", { reals: [...six(pose, "pose"), ...servo(options)] });
  }

  /** Turns the joints at these speeds. @param acceleration_radps2 default 1.4 [rad/s²] */
  speedJoints(qd_radps: ArrayLike<number>, acceleration_radps2 = 1.4): void {
    const a = within(acceleration_radps2, "acceleration_radps2", 1e-3, 40);
    this.#channel.stream("speedJ", { reals: [...six(qd_radps, "qd_radps"), a] });
  }

  /** Moves the tool at this speed: three of [m/s], three of [rad/s]. @param accelerationMps2 default 0.5 [m/s²] */
  speedTool(speed: ArrayLike<number>, accelerationMps2 = 0.5): void {
    const a = within(accelerationMps2, "accelerationMps2", 1e-3, 150);
    this.#channel.stream("speedL", { reals: [...six(speed, "speed"), a] });
  }

  /** Ends the stream: the arm comes to rest. @param deceleration_radps2 default: the settings' */
  stop(deceleration_radps2?: number, signal?: AbortSignal): Promise<void> {
    return this.#channel.stop("stop", deceleration_radps2, signal);
  }
}

const servo = ({ timeS = 0.002, lookaheadS = 0.1, gain = 300 }: ServoOptions): number[] => [
  within(timeS, "timeS", 0.002, 1),
  within(lookaheadS, "lookaheadS", 0.03, 0.2),
  within(gain, "gain", 100, 2000),
];
