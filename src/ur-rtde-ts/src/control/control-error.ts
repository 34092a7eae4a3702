import { type RobotCondition } from "../robot/robot-condition.ts";

/** Why a command was not carried out. */
export type ControlErrorCode =
  | "NOT_READY" // the robot cannot move now: see `condition`
  | "BUSY" // a move is under way
  | "STOPPED" // a stop was asked for meanwhile
  | "ROBOT_STOPPED" // the controller stopped the arm: see `condition`
  | "PROGRAM_ENDED" // the control program failed, or somebody stopped or replaced it: see `cause`
  | "NO_SOLUTION"; // no joints put the tool there

/** A command that was not carried out. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly code: ControlErrorCode;
  /** What the robot was like; `undefined` where it does not matter. */
  readonly condition: RobotCondition | undefined;

  constructor(
    code: ControlErrorCode,
    message: string,
    options: ErrorOptions & { condition?: RobotCondition } = {},
  ) {
    super(message, options);
    this.code = code;
    this.condition = options.condition;
  }
}

/** A robot that cannot move, with the next thing to do. */
export function notReady(
  condition: RobotCondition,
  code: "NOT_READY" | "ROBOT_STOPPED" = "NOT_READY",
): ControlError {
  const [next] = condition.steps;
  const what = next?.by === "person" ? ` First ${next.what}.` : " `recover()` makes it ready.";
  return new ControlError(code, `${condition.text}${what}`, { condition });
}
