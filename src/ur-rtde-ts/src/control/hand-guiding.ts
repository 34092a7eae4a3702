import { type CommandChannel } from "./command-channel.ts";
import { six } from "./waypoint.ts";

/** What stands in the way of a hand that moves the arm. @source URScript manual, `get_freedrive_status` */
export const freedriveStatuses = ["free", "near-singularity", "too-close-to-singularity"] as const;
export type FreedriveStatus = (typeof freedriveStatuses)[number];

/** The arm moved by hand. The mode ends with its method, with a stop, and when the host falls silent. */
export class HandGuiding {
  readonly #channel: CommandChannel;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
  }

  /**
   * Lets a hand move the arm.
   * @param axes which axes are free, x y z and the turns around them; default all
   * @param frame in which the axes are said, a pose in the base; default: the base
   */
  async begin(
    axes: readonly boolean[] = [true, true, true, true, true, true],
    frame: ArrayLike<number> = [0, 0, 0, 0, 0, 0],
    signal?: AbortSignal,
  ): Promise<void> {
    const whole = six(axes.map(Number), "axes");
    await this.#channel.ask("freedrive", { reals: six(frame, "frame"), whole }, signal);
  }

  async end(signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("endFreedrive", {}, signal);
  }

  async status(signal?: AbortSignal): Promise<FreedriveStatus> {
    const { answer } = await this.#channel.ask("freedriveStatus", {}, signal);
    return freedriveStatuses[answer] ?? "too-close-to-singularity";
  }

  /** The older form of the same, with all axes free. */
  async beginTeaching(signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("teach", {}, signal);
  }

  async endTeaching(signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("endTeach", {}, signal);
  }
}
