import { robotModes, runtimeStates, safetyStatuses } from "../robot/robot-modes.ts";
import { type OutputPackage } from "../rtde/output-recipe.ts";
import { type NoExtra } from "../rtde/rtde-client-options.ts";
import { PLAYER_REGISTERS as R } from "./player-registers.ts";
import { isFinalPhase, PLAYER_PHASES, type PlayerPhase, type PlayerState } from "./player-state.ts";

/** The outputs of the controller that a stream listens to. */
export const PLAYER_OUTPUTS = [
  "timestamp",
  "robot_mode",
  "safety_status",
  "runtime_state",
  `output_int_register_${R.accepted}`,
  `output_int_register_${R.phase}`,
  `output_int_register_${R.sessionEcho}`,
  `output_int_register_${R.wantEcho}`,
  `output_double_register_${R.pathTime}`,
  `output_double_register_${R.rate}`,
  `output_double_register_${R.ahead}`,
  `output_double_register_${R.leastSlack}`,
] as const;

/** The joints that the player commands, base to wrist 3 [rad]: to be asked for as further `outputs` of a stream. */
export const PLAYER_TARGETS = [
  `output_double_register_${R.target}`,
  `output_double_register_${(R.target + 1) as 29}`,
  `output_double_register_${(R.target + 2) as 30}`,
  `output_double_register_${(R.target + 3) as 31}`,
  `output_double_register_${(R.target + 4) as 32}`,
  `output_double_register_${(R.target + 5) as 33}`,
] as const;

/** A package with what the player reports. */
export type PlayerPackage = OutputPackage<(typeof PLAYER_OUTPUTS)[number], never, NoExtra>;

/** Reads the player's state out of packages, and whether its program is still there. */
export class PlayerReport {
  readonly #session: number;
  readonly #state = { phase: "absent" as PlayerPhase, acceptedKnot: -1, pathTimeS: 0, rate: 0, aheadS: 0 };
  #heardWant = 0;
  #leastSlackS = Infinity;
  #lost: "robot" | "program" | undefined;
  #isHeld = false;

  constructor(session: number) {
    this.#session = session;
  }

  get state(): PlayerState {
    return this.#state;
  }

  /** What the player last heard it is wanted to do. */
  get heardWant(): number {
    return this.#heardWant;
  }

  get leastSlackS(): number {
    return this.#leastSlackS;
  }

  /** Set once the player was cut off in the middle: by a stop of the robot, or by somebody who ended the program. */
  get lost(): "robot" | "program" | undefined {
    return this.#lost;
  }

  /** The robot has stopped the arm, and the player is paused in the middle: it would go on as soon as that is over. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  take(received: PlayerPackage): void {
    const state = this.#state;
    this.#isHeld = false;
    if (received[`output_int_register_${R.sessionEcho}`] !== this.#session) {
      if (state.phase !== "absent") this.#lose(received); // a program of somebody else's writes these registers now
      return;
    }
    state.acceptedKnot = received[`output_int_register_${R.accepted}`] - 1;
    state.pathTimeS = received[`output_double_register_${R.pathTime}`];
    state.rate = received[`output_double_register_${R.rate}`];
    state.aheadS = received[`output_double_register_${R.ahead}`];
    this.#heardWant = received[`output_int_register_${R.wantEcho}`];
    const slackS = received[`output_double_register_${R.leastSlack}`];
    this.#leastSlackS = slackS < NO_SLACK_YET_S ? slackS : Infinity;
    state.phase = PLAYER_PHASES[received[`output_int_register_${R.phase}`]] ?? "absent";
    // Registers keep their values when a program is ended from outside: what they say is then no longer so.
    if (!isFinalPhase(state.phase) && isProgramOver(received.runtime_state)) this.#lose(received);
    else this.#isHeld = !isFinalPhase(state.phase) && !isRobotWell(received);
  }

  #lose(received: PlayerPackage): void {
    this.#lost ??= isRobotWell(received) ? "program" : "robot";
    this.#state.phase = "absent";
    this.#state.rate = 0;
  }
}

/** What the register holds before any knot came while the path was played: see the player program. */
const NO_SLACK_YET_S = 1e6;

const isProgramOver = (runtimeState: number): boolean =>
  runtimeState === runtimeStates.STOPPING || runtimeState === runtimeStates.STOPPED;

const isRobotWell = ({ robot_mode, safety_status }: PlayerPackage): boolean =>
  robot_mode === robotModes.RUNNING &&
  (safety_status === safetyStatuses.NORMAL || safety_status === safetyStatuses.REDUCED);
