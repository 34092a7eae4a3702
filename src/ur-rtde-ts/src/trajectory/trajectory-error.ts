import { type PlayerPhase, type PlayerState } from "./player-state.ts";

/** Why a path was not played to its end. */
export type TrajectoryErrorCode =
  | "NOT_AT_START" // the arm stands elsewhere; it did not move
  | "STOPPED" // a stop was asked for; at rest on the path
  | "STARVED" // knots came too late; at rest on the path, or about to be
  | "ABANDONED" // the host fell silent for too long; at rest on the path, or about to be
  | "ROBOT_STOPPED" // the controller stopped the arm: power, brakes or safety
  | "PROGRAM_ENDED"; // somebody stopped or replaced the player program

/** A path that was not played to its end, and where on it the arm is. */
export class TrajectoryError extends Error {
  override readonly name = "TrajectoryError";
  readonly code: TrajectoryErrorCode;
  /** The player's last report. */
  readonly state: PlayerState;

  constructor(code: TrajectoryErrorCode, message: string, state: PlayerState) {
    super(message);
    this.code = code;
    this.state = { ...state };
  }
}

/** The error for an end that was not hoped for. @param why of a phase "absent": what the controller says of itself */
export function endedIn(state: PlayerState, why: "robot" | "program"): TrajectoryError {
  const at = `at ${state.pathTimeS.toFixed(3)} s of its path`;
  const error = (code: TrajectoryErrorCode, text: string) => new TrajectoryError(code, text, state);
  const texts: Partial<Record<PlayerPhase, TrajectoryError>> = {
    refused: error("NOT_AT_START", "The arm is not where the path begins; it did not move."),
    stopped: error("STOPPED", `The arm was stopped ${at}.`),
    finished: error("STOPPED", `The path is over.`),
    starved: error("STARVED", `The knots came too late: the arm stopped ${at}.`),
    abandoned: error("ABANDONED", `The host was silent for too long: the arm stopped ${at}.`),
  };
  const known = texts[state.phase];
  if (known !== undefined) return known;
  if (why === "robot")
    return error("ROBOT_STOPPED", `The controller stopped the arm ${at}; see its safety status.`);
  return error("PROGRAM_ENDED", `The player program was stopped or replaced ${at}.`);
}
