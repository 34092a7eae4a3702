import {
  RtdeClient,
  ScriptClient,
  type ByteStream,
  type InputName,
  type InputRecipe,
  type OutputRecipe,
} from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import type { Knot } from "../stream/knot.ts";
import {
  PLAYER_PHASES,
  type PlayerCommand,
  type RobotLink,
  type RobotState,
  type StringContacts,
} from "../stream/robot-link.ts";
import { controlProgram, type PlayerSettings } from "./control-program.ts";
import { REGISTERS as R, WANT } from "./registers.ts";

/** Where the arm's interfaces are: streams, so that sockets and memory serve alike. */
export interface RobotStreams {
  rtde(): Promise<ByteStream>;
  script(): Promise<ByteStream>;
  /** How the arm is called in messages: "192.0.2.7" or "the simulator". */
  readonly name: string;
}

const OUTPUTS = [
  "timestamp",
  "actual_q",
  "actual_qd",
  "target_q",
  "actual_current",
  "actual_TCP_pose",
  "actual_TCP_force",
  "robot_mode",
  "safety_status",
  "speed_scaling",
  "target_speed_fraction",
  `output_int_register_${R.accepted}`,
  `output_int_register_${R.phase}`,
  `output_int_register_${R.sessionEcho}`,
  `output_double_register_${R.pathTime}`,
  `output_double_register_${R.rate}`,
  `output_double_register_${R.ahead}`,
] as const;

/** Fields of our simulator only: a real controller does not know them and is not asked twice. */
const SIMULATED = [
  "sim_string_force",
  "sim_string_bow_speed",
  "sim_string_contact",
  "sim_string_bow_position",
] as const;
const SIMULATED_TYPES = Object.fromEntries(SIMULATED.map((name) => [name, "VECTOR6D" as const]));

const KNOT_VALUES = Array.from(
  { length: 18 },
  (_, i) => `input_double_register_${R.knotValues + i}` as InputName,
);
const INPUTS = [
  `input_int_register_${R.knotNumber}`,
  `input_int_register_${R.want}`,
  `input_int_register_${R.session}`,
  `input_int_register_${R.lastKnot}`,
  `input_double_register_${R.knotTime}`,
  ...KNOT_VALUES,
] as const satisfies readonly InputName[];

type Package = Readonly<Record<string, number | Float64Array>>;

/** An arm over RTDE, with our control program on its controller: real or simulated, it cannot tell. */
export class RtdeRobotLink implements RobotLink {
  readonly periodS = 0.002;
  readonly #streams: RobotStreams;
  readonly #instrument: Instrument;
  readonly #player: PlayerSettings;
  readonly #first_rad: Joints;
  readonly #session: number;
  readonly #stateListeners: ((state: RobotState) => void)[] = [];
  readonly #closedListeners: ((reason: Error | undefined) => void)[] = [];
  readonly #inputs: Record<string, number> = Object.fromEntries(INPUTS.map((name) => [name, 0]));
  #client: RtdeClient | undefined;
  #scripts: ScriptClient | undefined;
  #recipe: InputRecipe<Record<string, number>> | undefined;
  #sent = 0;
  #accepted = 0;
  #closed = false;

  /**
   * @param first_rad where the path begins; the control program refuses to start elsewhere
   * @param session a number > 0 that tells this run's registers from those of an earlier one
   */
  constructor(
    streams: RobotStreams,
    options: { instrument: Instrument; player: PlayerSettings; first_rad: Joints; session: number },
  ) {
    this.#streams = streams;
    this.#instrument = options.instrument;
    this.#player = options.player;
    this.#first_rad = options.first_rad;
    this.#session = options.session;
  }

  async connect(): Promise<void> {
    const client = new RtdeClient(await this.#streams.rtde());
    this.#client = client;
    client.onClosed((reason) => this.#lost(reason));
    await client.negotiate();
    const outputs = await client.setupOutputs([...OUTPUTS, ...SIMULATED], 500, {
      optional: [...SIMULATED],
      extraOutputs: SIMULATED_TYPES,
    });
    this.#recipe = (await client.setupInputs(INPUTS)) as unknown as InputRecipe<Record<string, number>>;
    this.#inputs[`input_int_register_${R.session}`] = this.#session;
    this.#send();
    this.#listen(outputs);
    await client.start();
    this.#scripts = new ScriptClient(await this.#streams.script());
    const program = controlProgram(this.#instrument, this.#first_rad, this.#session, this.#player);
    await this.#scripts.run(program);
  }

  onState(listener: (state: RobotState) => void): void {
    this.#stateListeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closedListeners.push(listener);
  }

  sendKnot(knot: Knot): boolean {
    if (this.#closed || this.#accepted < this.#sent || knot.index !== this.#sent) return false;
    this.#sent = knot.index + 1;
    this.#inputs[`input_int_register_${R.knotNumber}`] = this.#sent;
    if (knot.last) this.#inputs[`input_int_register_${R.lastKnot}`] = this.#sent;
    this.#inputs[`input_double_register_${R.knotTime}`] = knot.timeS;
    [...knot.q_rad, ...knot.qd_radps, ...knot.qdd_radps2].forEach(
      (v, i) => (this.#inputs[KNOT_VALUES[i]!] = v),
    );
    this.#send();
    return true;
  }

  command(command: PlayerCommand): void {
    const wants = { start: WANT.play, pause: WANT.pause, resume: WANT.play, stop: WANT.stop };
    this.#inputs[`input_int_register_${R.want}`] = wants[command];
    this.#send();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#inputs[`input_int_register_${R.want}`] = WANT.stop;
    this.#send();
    this.#client?.close();
    this.#scripts?.close();
    this.#closedListeners.splice(0).forEach((listener) => listener(undefined));
    await Promise.resolve();
  }

  #send(): void {
    this.#recipe?.send(this.#inputs);
  }

  #lost(reason: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    const why = reason?.message ?? "the controller closed the connection";
    const error = new CellistError(
      "robot-stopped",
      `lost the connection to ${this.#streams.name}: ${why}`,
      {},
      reason,
    );
    this.#closedListeners.splice(0).forEach((listener) => listener(error));
  }

  #listen(outputs: OutputRecipe<Package>): void {
    const simulated = outputs.missing.length === 0;
    outputs.onPackage((p) => {
      const state = this.#stateOf(p, simulated);
      this.#accepted = state.player.acceptedKnot + 1;
      for (const listener of this.#stateListeners) listener(state);
    });
  }

  #stateOf(p: Package, simulated: boolean): RobotState {
    const number = (name: string): number => p[name] as number;
    const six = (name: string): Joints => Array.from(p[name] as Float64Array) as unknown as Joints;
    const ours = number(`output_int_register_${R.sessionEcho}`) === this.#session;
    return {
      robotTimeS: number("timestamp"),
      q_rad: six("actual_q"),
      qd_radps: six("actual_qd"),
      targetQ_rad: six("target_q"),
      currentA: six("actual_current"),
      tcpPose: six("actual_TCP_pose"),
      tcpWrench: six("actual_TCP_force"),
      robotMode: number("robot_mode"),
      safetyStatus: number("safety_status"),
      speedScaling: number("speed_scaling") * number("target_speed_fraction"),
      player: ours
        ? {
            phase: PLAYER_PHASES[number(`output_int_register_${R.phase}`)] ?? "absent",
            acceptedKnot: number(`output_int_register_${R.accepted}`) - 1,
            pathTimeS: number(`output_double_register_${R.pathTime}`),
            rate: number(`output_double_register_${R.rate}`),
            aheadS: number(`output_double_register_${R.ahead}`),
          }
        : { phase: "absent", acceptedKnot: -1, pathTimeS: 0, rate: 0, aheadS: 0 },
      ...(simulated && { contact: contactsOf(p) }),
    };
  }
}

function contactsOf(p: Package): StringContacts {
  const four = (name: (typeof SIMULATED)[number]): [number, number, number, number] => {
    const v = p[name] as Float64Array;
    return [v[0]!, v[1]!, v[2]!, v[3]!];
  };
  return {
    forceN: four("sim_string_force"),
    bowSpeedMps: four("sim_string_bow_speed"),
    contactM: four("sim_string_contact"),
    bowPositionM: four("sim_string_bow_position"),
  };
}
