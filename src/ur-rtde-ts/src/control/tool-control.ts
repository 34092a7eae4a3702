import { type Payload } from "../robot/tool-settings.ts";
import { type CommandChannel } from "./command-channel.ts";
import { six, within } from "./waypoint.ts";

/** What is at the flange. Settings hold until the control program ends: give lasting ones to `RobotControl.open`. */
export class ToolControl {
  readonly #channel: CommandChannel;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
  }

  /** @param tcp_F tool centre point in the flange [m, rotation vector in rad] */
  async setTcp(tcp_F: ArrayLike<number>, signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("setTcp", { reals: six(tcp_F, "tcp_F") }, signal);
  }

  async setPayload({ massKg, centre_F_m }: Payload, signal?: AbortSignal): Promise<void> {
    const reals = [within(massKg, "massKg", 0, 100), ...six(centre_F_m, "centre_F_m", 3)];
    await this.#channel.ask("setPayload", { reals }, signal);
  }

  /** @param direction acceleration that the base feels at rest, upwards [m/s²]: [0, 0, 9.82] for an arm that stands */
  async setGravity(direction: ArrayLike<number>, signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("setGravity", { reals: six(direction, "direction", 3) }, signal);
  }

  /** Supply of the tool [V]. */
  async setVoltage(voltage: 0 | 12 | 24, signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("setToolVoltage", { whole: [voltage] }, signal);
  }
}
