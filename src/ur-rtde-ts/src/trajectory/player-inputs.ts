import { type InputName } from "../rtde/fields.ts";
import { LiveInputs } from "../rtde/live-inputs.ts";
import { type RtdeClient } from "../rtde/rtde-client.ts";
import { type StepOptions } from "../rtde/rtde-client-options.ts";
import { JOINTS, type Knot } from "./knot.ts";
import { isCountable, PLAYER_REGISTERS as R, SECOND_STEPS, TIME_STEP_S } from "./player-registers.ts";

const VALUES = Array.from(
  { length: 3 * JOINTS },
  (_, i) => `input_double_register_${R.knotValues + i}` as InputName,
);
const SECOND = Array.from(
  { length: 3 * JOINTS },
  (_, i) => `input_int_register_${R.secondValues + i}` as InputName,
);
const DELAY = `input_int_register_${R.secondDelay}` as const;
const NUMBER = `input_int_register_${R.knotNumber}` as const;
const WANT = `input_int_register_${R.want}` as const;
const SESSION = `input_int_register_${R.session}` as const;
const LAST = `input_int_register_${R.lastKnot}` as const;
const TIME = `input_double_register_${R.knotTime}` as const;
const BEAT = { beat: `input_int_register_${R.beat}`, beatS: 0.1 } as const;

/** What the host says to the player. */
export class PlayerInputs {
  readonly #inputs: LiveInputs;
  #first = 0;
  #firstS = 0;

  /** Takes the registers. @throws RtdeError IN_USE with those that somebody else writes */
  static async open(client: RtdeClient, options: StepOptions): Promise<PlayerInputs> {
    const names = [NUMBER, WANT, SESSION, LAST, DELAY, ...SECOND, TIME, ...VALUES];
    return new PlayerInputs(await LiveInputs.open(client, names, BEAT, options));
  }

  private constructor(inputs: LiveInputs) {
    this.#inputs = inputs;
  }

  /** Speaks to a new run of the player: it must not take what was said to an old one for its own. */
  begin(session: number): void {
    this.#first = 0;
    for (const name of [NUMBER, WANT, LAST, DELAY] as const) this.#inputs.set(name, 0);
    this.#inputs.set(SESSION, session);
    this.#inputs.send();
  }

  want(want: number): void {
    this.#inputs.set(WANT, want);
    this.#inputs.send();
  }

  /**
   * Sends a knot beside those that were not taken yet: in the doubles if there are none, else in the integers.
   *
   * @param number from 1
   * @returns false: there is no room for it now
   */
  sendKnot(number: number, accepted: number, knot: Knot): boolean {
    if (accepted === number - 1) this.#putFirst(number, knot);
    else if (accepted !== number - 2 || this.#first !== number - 1 || !this.#putSecond(knot)) return false;
    if (knot.last === true) this.#inputs.set(LAST, number);
    this.#inputs.send();
    return true;
  }

  #putFirst(number: number, { timeS, q_rad, qd_radps, qdd_radps2 }: Knot): void {
    const inputs = this.#inputs;
    this.#first = number;
    this.#firstS = timeS;
    inputs.set(NUMBER, number);
    inputs.set(DELAY, 0);
    inputs.set(TIME, timeS);
    for (let joint = 0; joint < JOINTS; joint += 1) {
      inputs.set(VALUES[joint]!, q_rad[joint]!);
      inputs.set(VALUES[JOINTS + joint]!, qd_radps[joint]!);
      inputs.set(VALUES[2 * JOINTS + joint]!, qdd_radps2[joint]!);
    }
  }

  /** @returns false for a knot that integers cannot hold */
  #putSecond({ timeS, q_rad, qd_radps, qdd_radps2 }: Knot): boolean {
    const lists = [q_rad, qd_radps, qdd_radps2] as const;
    const delay = Math.round((timeS - this.#firstS) / TIME_STEP_S);
    if (delay < 1 || !isCountable(delay, 1)) return false;
    for (const [kind, step] of SECOND_STEPS.entries())
      for (let joint = 0; joint < JOINTS; joint += 1)
        if (!isCountable(lists[kind]![joint]!, step)) return false;
    for (const [kind, step] of SECOND_STEPS.entries())
      for (let joint = 0; joint < JOINTS; joint += 1)
        this.#inputs.set(SECOND[kind * JOINTS + joint]!, Math.round(lists[kind]![joint]! / step));
    this.#inputs.set(DELAY, delay);
    return true;
  }

  /** @param robotTimeS the controller's clock */
  keepAlive(robotTimeS: number): void {
    this.#inputs.keepAlive(robotTimeS);
  }
}
