import { type CommandChannel } from "./command-channel.ts";
import { six, within } from "./waypoint.ts";

/** How the arm yields to forces. @source URScript manual, `force_mode` */
export interface ForceMode {
  /** Frame in which everything else is said, a pose in the base [m, rotation vector in rad]; default: the base. */
  readonly frame?: ArrayLike<number>;
  /** Which axes yield, x y z and the turns around them. */
  readonly compliant: readonly [boolean, boolean, boolean, boolean, boolean, boolean];
  /** Force and torque the arm exerts along axes that yield; ignored along the others [N, Nm]. */
  readonly wrench: ArrayLike<number>;
  /**
   * How the frame is turned before it is used: `fixed` not at all (default), `point` its y axis from the TCP to the
   * frame's origin, `motion` its x axis along the TCP's speed.
   */
  readonly kind?: "fixed" | "point" | "motion";
  /** Along axes that yield: largest speed [m/s, rad/s]; along the others: largest deviation [m, rad]. */
  readonly limits: ArrayLike<number>;
}

const KINDS = { point: 1, fixed: 2, motion: 3 } as const;

/** The arm yields to forces, and feels them. */
export class ForceControl {
  readonly #channel: CommandChannel;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
  }

  /** Begins to yield, or changes how. Moves can be made meanwhile. */
  async begin(mode: ForceMode, signal?: AbortSignal): Promise<void> {
    const { frame = [0, 0, 0, 0, 0, 0], compliant, wrench, kind = "fixed", limits } = mode;
    const reals = [...six(frame, "frame"), ...six(wrench, "wrench"), ...six(limits, "limits")];
    const whole = [...compliant.map((axis) => (axis ? 1 : 0)), KINDS[kind]];
    await this.#channel.ask("forceMode", { reals, whole }, signal);
  }

  /** Yields no more. */
  async end(signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("endForceMode", {}, signal);
  }

  /** Takes what the force sensor feels now for nothing. The arm should stand still and touch nothing. */
  async zeroSensor(signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("zeroForceSensor", {}, signal);
  }

  /** How quickly the arm slows down when the force is gone, 0 to 1. */
  async setDamping(damping: number, signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("forceDamping", { reals: [within(damping, "damping", 0, 1)] }, signal);
  }

  /** How strongly it answers to forces, 0 to 2; less is steadier against hard things. */
  async setGain(gain: number, signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("forceGain", { reals: [within(gain, "gain", 0, 2)] }, signal);
  }

  /**
   * Whether the tool touches something.
   * @param direction in which contact counts, three of [m/s] and three of [rad/s]; zeros: any
   * @returns control cycles since the contact; 0: none
   */
  async contactAgo(direction: ArrayLike<number> = [0, 0, 0, 0, 0, 0], signal?: AbortSignal): Promise<number> {
    return (await this.#channel.ask("contactAgo", { reals: six(direction, "direction") }, signal)).answer;
  }
}
