import { type InputName } from "../rtde/fields.ts";
import { type InputRecipe } from "../rtde/input-recipe.ts";
import { type RtdeClient } from "../rtde/rtde-client.ts";
import { type StepOptions } from "../rtde/rtde-client-options.ts";
import { JOINTS, type Knot } from "./knot.ts";
import { PLAYER_REGISTERS as R } from "./player-registers.ts";

const VALUES = Array.from(
  { length: 3 * JOINTS },
  (_, i) => `input_double_register_${R.knotValues + i}` as InputName,
);
const INPUTS = [
  `input_int_register_${R.knotNumber}`,
  `input_int_register_${R.want}`,
  `input_int_register_${R.session}`,
  `input_int_register_${R.lastKnot}`,
  `input_int_register_${R.beat}`,
  `input_double_register_${R.knotTime}`,
  ...VALUES,
] as const satisfies readonly InputName[];

/** The host shows that it lives at least so often, on the robot's clock [s]. */
const BEAT_S = 0.1;
/** Beats count up to here and begin anew. */
const BEATS = 1_000_000_000;

/** What the host says to the player: all of it in every package, so that a lost one does no harm. */
export class PlayerInputs {
  readonly #recipe: InputRecipe<Record<string, number>>;
  readonly #values: Record<string, number>;
  #sinceS: number | undefined;

  /** Takes the registers. @throws RtdeError IN_USE with those that somebody else writes */
  static async open(client: RtdeClient, session: number, options: StepOptions): Promise<PlayerInputs> {
    const recipe = (await client.setupInputs(INPUTS, options)) as InputRecipe<object>;
    return new PlayerInputs(recipe, session);
  }

  private constructor(recipe: InputRecipe<Record<string, number>>, session: number) {
    this.#recipe = recipe;
    this.#values = Object.fromEntries(INPUTS.map((name) => [name, 0]));
    this.#values[`input_int_register_${R.session}`] = session;
    this.#send();
  }

  want(want: number): void {
    this.#values[`input_int_register_${R.want}`] = want;
    this.#send();
  }

  /** @param number from 1 */
  sendKnot(number: number, { timeS, q_rad, qd_radps, qdd_radps2, last }: Knot): void {
    const values = this.#values;
    values[`input_int_register_${R.knotNumber}`] = number;
    if (last === true) values[`input_int_register_${R.lastKnot}`] = number;
    values[`input_double_register_${R.knotTime}`] = timeS;
    for (let joint = 0; joint < JOINTS; joint += 1) {
      values[VALUES[joint]!] = q_rad[joint]!;
      values[VALUES[JOINTS + joint]!] = qd_radps[joint]!;
      values[VALUES[2 * JOINTS + joint]!] = qdd_radps2[joint]!;
    }
    this.#send();
  }

  /** Says something if nothing was said for a while. @param robotTimeS the controller's clock */
  keepAlive(robotTimeS: number): void {
    this.#sinceS ??= robotTimeS;
    if (robotTimeS - this.#sinceS < BEAT_S && robotTimeS >= this.#sinceS) return;
    this.#send();
  }

  #send(): void {
    const beat = `input_int_register_${R.beat}`;
    this.#values[beat] = (this.#values[beat]! + 1) % BEATS;
    this.#sinceS = undefined;
    this.#recipe.send(this.#values);
  }
}
