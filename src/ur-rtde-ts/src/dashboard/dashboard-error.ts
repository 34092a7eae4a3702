/** Why a dashboard command did not do what it should. */
export type DashboardErrorCode =
  | "REFUSED" // the controller answered no
  | "NOT_REMOTE" // the robot is in local mode
  | "UNKNOWN_COMMAND" // this controller has no such command
  | "BAD_ARGUMENT" // the argument cannot be part of a command
  | "TIMEOUT" // no answer
  | "NOT_A_DASHBOARD"; // the other side does not greet as one

/** A refusal of the dashboard server, with the command and the controller's own words. */
export class DashboardError extends Error {
  override readonly name = "DashboardError";
  readonly code: DashboardErrorCode;
  /** The command as sent; empty for the greeting. */
  readonly command: string;
  /** What the controller said; empty if nothing. */
  readonly answer: string;

  constructor(code: DashboardErrorCode, command: string, answer: string, message: string) {
    super(message);
    this.code = code;
    this.command = command;
    this.answer = answer;
  }
}

/** The error for an answer that is not the one hoped for. */
export function refusal(command: string, answer: string): DashboardError {
  if (/not allowed due to safety reasons.*remote control/i.test(answer)) {
    const text = `Dashboard "${command}": the robot is in local mode; switch it to remote control, then reconnect.`;
    return new DashboardError("NOT_REMOTE", command, answer, text);
  }
  if (/^could not understand/i.test(answer)) {
    const text = `Dashboard "${command}": this controller does not know the command.`;
    return new DashboardError("UNKNOWN_COMMAND", command, answer, text);
  }
  return new DashboardError("REFUSED", command, answer, `Dashboard "${command}" was refused: ${answer}`);
}
