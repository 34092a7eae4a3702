import { type InputName } from "./fields.ts";
import { type InputRecipe } from "./input-recipe.ts";
import { type RtdeClient } from "./rtde-client.ts";
import { type StepOptions } from "./rtde-client-options.ts";

/** Beats count up to here and begin anew. */
const BEATS = 1_000_000_000;

/**
 * Inputs for a program on the controller, one of which is a beat that shows it that the host lives. All of them go in
 * every package, so that a lost one does no harm.
 */
export class LiveInputs {
  readonly #recipe: InputRecipe<Record<string, number>>;
  readonly #values: Record<string, number>;
  readonly #beat: string;
  readonly #beatS: number;
  #sinceS: number | undefined;

  /**
   * Takes the registers.
   *
   * @param beat the register that changes with every package
   * @param beatS longest time without a package, on the robot's clock [s]
   * @throws RtdeError IN_USE with those that somebody else writes
   */
  static async open(
    client: RtdeClient,
    names: readonly InputName[],
    { beat, beatS }: { readonly beat: InputName; readonly beatS: number },
    options: StepOptions,
  ): Promise<LiveInputs> {
    const recipe: InputRecipe<object> = await client.setupInputs([...names, beat], options);
    return new LiveInputs(recipe, names, beat, beatS);
  }

  private constructor(
    recipe: InputRecipe<Record<string, number>>,
    names: readonly string[],
    beat: string,
    beatS: number,
  ) {
    this.#recipe = recipe;
    this.#values = Object.fromEntries([...names, beat].map((name) => [name, 0]));
    this.#beat = beat;
    this.#beatS = beatS;
  }

  /** Changes an input; it goes with the next package. */
  set(name: InputName, value: number): void {
    this.#values[name] = value;
  }

  /** Says everything. @throws RtdeError BAD_VALUE; what ended the connection */
  send(): void {
    this.#values[this.#beat] = (this.#values[this.#beat]! + 1) % BEATS;
    this.#sinceS = undefined;
    this.#recipe.send(this.#values);
  }

  /** Says everything again if nothing was said for a while. @param robotTimeS the controller's clock */
  keepAlive(robotTimeS: number): void {
    this.#sinceS ??= robotTimeS;
    const silenceS = robotTimeS - this.#sinceS;
    if (silenceS >= this.#beatS || silenceS < 0) this.send();
  }
}
