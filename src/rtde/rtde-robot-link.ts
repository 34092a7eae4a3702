import {
  type PlayerCommand,
  type PlayerSettings,
  type PlayerState,
  type RobotStreams,
  type StreamedPackage,
  TrajectoryStream,
} from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import { baseTurnedOn } from "../instrument/base-turns.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import type { Knot } from "../stream/knot.ts";
import type { StringContacts } from "../instrument/hair/string-contacts.ts";
import type { RobotLink, RobotState } from "../stream/robot-link.ts";

const OUTPUTS = [
  "actual_q",
  "actual_qd",
  "target_q",
  "actual_current",
  "actual_TCP_pose",
  "actual_TCP_force",
  "speed_scaling",
  "target_speed_fraction",
] as const;

/** Fields of our simulator only: a real controller does not know them and is not asked twice. */
const SIMULATED = {
  sim_string_force: "VECTOR6D",
  sim_string_bow_speed: "VECTOR6D",
  sim_string_contact: "VECTOR6D",
  sim_string_bow_position: "VECTOR6D",
} as const;
const SIMULATED_NAMES = Object.keys(SIMULATED) as (keyof typeof SIMULATED)[];

type Package = StreamedPackage<typeof OUTPUTS, readonly (keyof typeof SIMULATED)[], typeof SIMULATED>;

/** An arm over RTDE, with the player program of ur-rtde-ts on its controller: real or simulated, it cannot tell. */
export class RtdeRobotLink implements RobotLink {
  readonly periodS = 0.002;
  readonly #robot: RobotStreams;
  readonly #instrument: Instrument;
  readonly #player: Partial<PlayerSettings>;
  readonly #first_rad: Joints;
  readonly #session: number;
  readonly #baseTurns_rad: number;
  readonly #stateListeners: ((state: RobotState) => void)[] = [];
  readonly #closedListeners: ((reason: Error | undefined) => void)[] = [];
  #stream: TrajectoryStream<Package> | undefined;
  #closed = false;

  /**
   * @param first_rad where the path begins; the player refuses to start elsewhere
   * @param baseTurns_rad whole turns by which the arm's base stands on from where the path has it: it plays the path from there, and its
   *   joints are told as the path has them
   * @param session a number > 0 that tells this run's registers from those of an earlier one
   */
  constructor(
    robot: RobotStreams,
    options: {
      instrument: Instrument;
      player: Partial<PlayerSettings>;
      first_rad: Joints;
      baseTurns_rad?: number;
      session: number;
    },
  ) {
    this.#robot = robot;
    this.#instrument = options.instrument;
    this.#player = options.player;
    this.#baseTurns_rad = options.baseTurns_rad ?? 0;
    this.#first_rad = baseTurnedOn(options.first_rad, this.#baseTurns_rad);
    this.#session = options.session;
  }

  async connect(): Promise<void> {
    const stream = await this.#open().catch((cause: Error) => {
      if (cause instanceof CellistError) throw cause;
      const message = `cannot stream to ${this.#robot.name}: ${cause.message}`;
      throw new CellistError("robot-not-ready", message, {}, cause);
    });
    this.#stream = stream;
    stream.onClosed((reason) => this.#lost(reason));
  }

  #open(): Promise<TrajectoryStream<Package>> {
    const { tcp_F, payload } = this.#instrument;
    return TrajectoryStream.open(this.#robot, {
      first_rad: this.#first_rad,
      tool: { tcp_F, payload },
      player: this.#player,
      session: this.#session,
      outputs: OUTPUTS,
      optional: SIMULATED_NAMES,
      extraOutputs: SIMULATED,
      onState: (player, received) => {
        const state = stateOf(player, received, this.#baseTurns_rad);
        for (const listener of this.#stateListeners) listener(state);
      },
    });
  }

  onState(listener: (state: RobotState) => void): void {
    this.#stateListeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closedListeners.push(listener);
  }

  sendKnot(knot: Knot): boolean {
    if (this.#closed || this.#stream === undefined || knot.index !== this.#stream.sentKnots) return false;
    return this.#stream.offer({ ...knot, q_rad: baseTurnedOn(knot.q_rad, this.#baseTurns_rad) });
  }

  command(command: PlayerCommand): void {
    if (!this.#closed) this.#stream?.command(command);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stream?.close();
    this.#closedListeners.splice(0).forEach((listener) => listener(undefined));
    await Promise.resolve();
  }

  #lost(reason: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    const why = reason?.message ?? "the controller closed the connection";
    const message = `lost the connection to ${this.#robot.name}: ${why}`;
    const error = new CellistError("robot-stopped", message, {}, reason);
    this.#closedListeners.splice(0).forEach((listener) => listener(error));
  }
}

function stateOf(player: PlayerState, p: Package, baseTurns_rad: number): RobotState {
  const six = (values: Float64Array): Joints => Array.from(values) as unknown as Joints;
  return {
    robotTimeS: p.timestamp,
    q_rad: baseTurnedOn(six(p.actual_q), -baseTurns_rad),
    qd_radps: six(p.actual_qd),
    targetQ_rad: baseTurnedOn(six(p.target_q), -baseTurns_rad),
    currentA: six(p.actual_current),
    tcpPose: six(p.actual_TCP_pose),
    tcpWrench: six(p.actual_TCP_force),
    robotMode: p.robot_mode,
    safetyStatus: p.safety_status,
    speedScaling: p.speed_scaling * p.target_speed_fraction,
    player: { ...player },
    ...(p.sim_string_force !== undefined && { contact: contactsOf(p as Required<Package>) }),
  };
}

function contactsOf(p: Required<Package>): StringContacts {
  const four = (v: Float64Array): [number, number, number, number] => [v[0]!, v[1]!, v[2]!, v[3]!];
  return {
    forceN: four(p.sim_string_force),
    bowSpeedMps: four(p.sim_string_bow_speed),
    contactM: four(p.sim_string_contact),
    bowPositionM: four(p.sim_string_bow_position),
  };
}
