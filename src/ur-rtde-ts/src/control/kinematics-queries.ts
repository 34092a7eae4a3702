import { type CommandChannel } from "./command-channel.ts";
import { ControlError } from "./control-error.ts";
import { six } from "./waypoint.ts";

/** Questions that the controller answers from its own model of the arm. */
export class KinematicsQueries {
  readonly #channel: CommandChannel;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
  }

  /**
   * Joints that put the TCP there.
   * @param near_rad the solution nearest to these; default: to where the arm is [rad]
   * @throws ControlError NO_SOLUTION when it is out of reach
   */
  async inverse(
    pose: ArrayLike<number>,
    near_rad: ArrayLike<number> = this.#channel.package.actual_q,
    signal?: AbortSignal,
  ): Promise<number[]> {
    const reals = [...six(pose, "pose"), ...six(near_rad, "near_rad")];
    const { answer, vector } = await this.#channel.ask("inverseKinematics", { reals }, signal);
    if (answer === 1) return [...vector];
    const text = `No joints put the tool at [${Array.from(pose, (v) => v.toFixed(3)).join(", ")}].`;
    throw new ControlError("NO_SOLUTION", text);
  }

  /** Pose of the TCP in the base when the joints are there [m, rotation vector in rad]. */
  async forward(q_rad: ArrayLike<number>, signal?: AbortSignal): Promise<number[]> {
    return [...(await this.#channel.ask("forwardKinematics", { reals: six(q_rad, "q_rad") }, signal)).vector];
  }

  /** Whether the arm has been at rest for half a second. */
  async isSteady(signal?: AbortSignal): Promise<boolean> {
    return (await this.#channel.ask("isSteady", {}, signal)).answer === 1;
  }

  /** Whether joints, or a pose of the TCP, lie within the safety limits. */
  async isWithinLimits(
    of: { readonly q_rad: ArrayLike<number> } | { readonly pose: ArrayLike<number> },
    signal?: AbortSignal,
  ): Promise<boolean> {
    const asked =
      "q_rad" in of
        ? { reals: six(of.q_rad, "q_rad"), whole: [1] }
        : { reals: six(of.pose, "pose"), whole: [0] };
    return (await this.#channel.ask("isWithinLimits", asked, signal)).answer === 1;
  }

  /** Torques of the joints beyond those that gravity and motion need [Nm]. */
  async jointTorques(signal?: AbortSignal): Promise<number[]> {
    return [...(await this.#channel.ask("jointTorques", {}, signal)).vector];
  }
}
