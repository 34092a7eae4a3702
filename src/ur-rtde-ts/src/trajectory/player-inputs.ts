import { type InputName } from "../rtde/fields.ts";
import { LiveInputs } from "../rtde/live-inputs.ts";
import { type RtdeClient } from "../rtde/rtde-client.ts";
import { type StepOptions } from "../rtde/rtde-client-options.ts";
import { JOINTS, type Knot } from "./knot.ts";
import { PLAYER_REGISTERS as R } from "./player-registers.ts";

const VALUES = Array.from(
  { length: 3 * JOINTS },
  (_, i) => `input_double_register_${R.knotValues + i}` as InputName,
);
const NUMBER = `input_int_register_${R.knotNumber}` as const;
const WANT = `input_int_register_${R.want}` as const;
const SESSION = `input_int_register_${R.session}` as const;
const LAST = `input_int_register_${R.lastKnot}` as const;
const TIME = `input_double_register_${R.knotTime}` as const;
const BEAT = { beat: `input_int_register_${R.beat}`, beatS: 0.1 } as const;

/** What the host says to the player. */
export class PlayerInputs {
  readonly #inputs: LiveInputs;

  /** Takes the registers. @throws RtdeError IN_USE with those that somebody else writes */
  static async open(client: RtdeClient, options: StepOptions): Promise<PlayerInputs> {
    const names = [NUMBER, WANT, SESSION, LAST, TIME, ...VALUES];
    return new PlayerInputs(await LiveInputs.open(client, names, BEAT, options));
  }

  private constructor(inputs: LiveInputs) {
    this.#inputs = inputs;
  }

  /** Speaks to a new run of the player: it must not take what was said to an old one for its own. */
  begin(session: number): void {
    for (const name of [NUMBER, WANT, LAST] as const) this.#inputs.set(name, 0);
    this.#inputs.set(SESSION, session);
    this.#inputs.send();
  }

  want(want: number): void {
    this.#inputs.set(WANT, want);
    this.#inputs.send();
  }

  /** @param number from 1 */
  sendKnot(number: number, { timeS, q_rad, qd_radps, qdd_radps2, last }: Knot): void {
    const inputs = this.#inputs;
    inputs.set(NUMBER, number);
    if (last === true) inputs.set(LAST, number);
    inputs.set(TIME, timeS);
    for (let joint = 0; joint < JOINTS; joint += 1) {
      inputs.set(VALUES[joint]!, q_rad[joint]!);
      inputs.set(VALUES[JOINTS + joint]!, qd_radps[joint]!);
      inputs.set(VALUES[2 * JOINTS + joint]!, qdd_radps2[joint]!);
    }
    inputs.send();
  }

  /** @param robotTimeS the controller's clock */
  keepAlive(robotTimeS: number): void {
    this.#inputs.keepAlive(robotTimeS);
  }
}
