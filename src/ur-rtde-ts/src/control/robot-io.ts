import { type InputName } from "../rtde/fields.ts";
import { type InputRecipe } from "../rtde/input-recipe.ts";
import { type RtdeClient } from "../rtde/rtde-client.ts";
import { RtdeError } from "../connection/errors.ts";
import { type CommandChannel } from "./command-channel.ts";
import { within } from "./waypoint.ts";

/** A group of digital outputs. */
export type DigitalGroup = "standard" | "configurable" | "tool";

/** First bit of a group in `actual_digital_output_bits` and `actual_digital_input_bits`, and how many there are. */
const GROUPS: Readonly<Record<DigitalGroup, readonly [first: number, count: number]>> = {
  standard: [0, 8],
  configurable: [8, 8],
  tool: [16, 2],
};

/**
 * Inputs and outputs, and the speed slider. They work through RTDE alone: also when no program runs and the arm is off.
 * The registers of an output are taken when it is first set; IN_USE tells that somebody else has them.
 */
export class RobotIo {
  readonly #client: RtdeClient;
  readonly #channel: CommandChannel;
  readonly #recipes = new Map<string, Promise<InputRecipe<Record<string, number>>>>();

  constructor(client: RtdeClient, channel: CommandChannel) {
    this.#client = client;
    this.#channel = channel;
  }

  /** Sets a digital output. @param index 0 to 7, of the tool 0 to 1 @throws RtdeError BAD_VALUE, IN_USE */
  async setDigital(group: DigitalGroup, index: number, on: boolean, signal?: AbortSignal): Promise<void> {
    const bit = 1 << checkedIndex(group, index);
    const [mask, value] = [`${group}_digital_output_mask`, `${group}_digital_output`] as const;
    await this.#send([mask, value], { [mask]: bit, [value]: on ? bit : 0 }, signal);
  }

  /** Whether a digital output is on, as of the newest state. */
  isOutputOn(group: DigitalGroup, index: number): boolean {
    return isSet(this.#channel.package.actual_digital_output_bits, group, index);
  }

  /** Whether a digital input is on, as of the newest state. */
  isInputOn(group: DigitalGroup, index: number): boolean {
    return isSet(this.#channel.package.actual_digital_input_bits, group, index);
  }

  /**
   * Sets an analog output.
   * @param fraction of its range, 0 to 1: of 4 to 20 mA, or of 0 to 10 V
   */
  async setAnalog(
    index: 0 | 1,
    fraction: number,
    domain: "current" | "voltage" = "voltage",
    signal?: AbortSignal,
  ): Promise<void> {
    const value = within(fraction, "fraction", 0, 1);
    const names = [
      "standard_analog_output_mask",
      "standard_analog_output_type",
      "standard_analog_output_0",
      "standard_analog_output_1",
    ] as const;
    const values = {
      standard_analog_output_mask: 1 << index,
      standard_analog_output_type: domain === "voltage" ? 1 << index : 0,
      standard_analog_output_0: value,
      standard_analog_output_1: value,
    };
    await this.#send(names, values, signal);
  }

  /** Sets the speed slider. @param fraction 0 to 1 */
  async setSpeedSlider(fraction: number, signal?: AbortSignal): Promise<void> {
    const value = within(fraction, "fraction", 0, 1);
    const names = ["speed_slider_mask", "speed_slider_fraction"] as const;
    await this.#send(names, { speed_slider_mask: 1, speed_slider_fraction: value }, signal);
  }

  async #send(
    names: readonly InputName[],
    values: Readonly<Record<string, number>>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const key = names.join();
    let recipe = this.#recipes.get(key);
    if (recipe === undefined) {
      const opened: Promise<InputRecipe<object>> = this.#client.setupInputs(names, { signal });
      recipe = opened;
      this.#recipes.set(key, recipe);
      recipe.catch(() => this.#recipes.delete(key)); // next time may be another time
    }
    (await recipe).send(values);
  }
}

function checkedIndex(group: DigitalGroup, index: number): number {
  const [, count] = GROUPS[group];
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new RtdeError("BAD_VALUE", `The ${group} digital output ${index} is not 0 to ${count - 1}.`);
}

const isSet = (bits: bigint, group: DigitalGroup, index: number): boolean =>
  ((bits >> BigInt(GROUPS[group][0] + checkedIndex(group, index))) & 1n) === 1n;
