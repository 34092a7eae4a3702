import { type InputName } from "../rtde/fields.ts";
import { LiveInputs } from "../rtde/live-inputs.ts";
import { type RtdeClient } from "../rtde/rtde-client.ts";
import { type StepOptions } from "../rtde/rtde-client-options.ts";
import {
  ARGUMENT_DOUBLES,
  ARGUMENT_INTEGERS,
  CODES,
  type CommandName,
  CONTROL_REGISTERS as R,
} from "./control-registers.ts";

const WHOLE = Array.from(
  { length: ARGUMENT_INTEGERS },
  (_, i) => `input_int_register_${R.integers + i}` as InputName,
);
const REALS = Array.from(
  { length: ARGUMENT_DOUBLES },
  (_, i) => `input_double_register_${R.doubles + i}` as InputName,
);
const NUMBER = `input_int_register_${R.number}` as const;
const CODE = `input_int_register_${R.code}` as const;
const SESSION = `input_int_register_${R.session}` as const;
const BEAT = { beat: `input_int_register_${R.beat}`, beatS: 0.04 } as const;

/** What goes with a command. */
export interface CommandArguments {
  readonly reals?: readonly number[];
  readonly whole?: readonly number[];
}

/** What the host says to the control program. */
export class CommandInputs {
  readonly #inputs: LiveInputs;

  /** Takes the registers. @throws RtdeError IN_USE with those that somebody else writes */
  static async open(client: RtdeClient, options: StepOptions): Promise<CommandInputs> {
    const names = [NUMBER, CODE, SESSION, ...WHOLE, ...REALS];
    return new CommandInputs(await LiveInputs.open(client, names, BEAT, options));
  }

  private constructor(inputs: LiveInputs) {
    this.#inputs = inputs;
  }

  /** Speaks to a new run of the program: it must not take an old command for its own. */
  begin(session: number): void {
    this.#inputs.set(SESSION, session);
    this.#inputs.set(NUMBER, 0);
    this.#inputs.send();
  }

  command(number: number, name: CommandName, { reals = [], whole = [] }: CommandArguments): void {
    this.#inputs.set(NUMBER, number);
    this.#inputs.set(CODE, CODES[name]);
    for (const [i, register] of REALS.entries()) this.#inputs.set(register, reals[i] ?? 0);
    for (const [i, register] of WHOLE.entries()) this.#inputs.set(register, whole[i] ?? 0);
    this.#inputs.send();
  }

  /** @param robotTimeS the controller's clock */
  keepAlive(robotTimeS: number): void {
    this.#inputs.keepAlive(robotTimeS);
  }
}
