/** Why a script did not run. */
export type ScriptErrorCode =
  | "EXCEPTION" // the controller could not compile it, or it failed while it ran: see `stage`
  | "ROBOT_ERROR" // the controller reported a violation, a fault or worse
  | "TIMEOUT" // nothing was heard of it
  | "NO_MESSAGES"; // this port says nothing about scripts

/** Where in a script something went wrong, and when. */
export interface ScriptPlace {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `compile`: nothing of it ran. */
  readonly stage: "compile" | "run";
}

/** A script that did not run to its end; for EXCEPTION with the place in the text that was sent. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
  readonly code: ScriptErrorCode;
  /** From 1; `undefined` if the error has no place. */
  readonly line: number | undefined;
  /** From 1. */
  readonly column: number | undefined;
  readonly stage: "compile" | "run" | undefined;
  /** That line of the script. */
  readonly sourceLine: string | undefined;
  /** The controller's own words. */
  readonly said: string;

  constructor(
    code: ScriptErrorCode,
    message: string,
    said = "",
    place?: ScriptPlace & { readonly sourceLine: string | undefined },
  ) {
    super(message);
    this.code = code;
    this.said = said;
    this.line = place?.line;
    this.column = place?.column;
    this.stage = place?.stage;
    this.sourceLine = place?.sourceLine;
  }
}

/** The error for a runtime exception, with the line of the script it points at. */
export function scriptException(script: string, said: ScriptPlace & { readonly text: string }): ScriptError {
  const { line, column, stage, text } = said;
  const sourceLine = script.split("\n")[line - 1];
  const quoted = sourceLine === undefined ? "" : `: ${sourceLine.trim()}`;
  const what = stage === "compile" ? "cannot be compiled" : "failed";
  const message = `The script ${what} at line ${line}, column ${column} (${text})${quoted}`;
  return new ScriptError("EXCEPTION", message, text, { line, column, stage, sourceLine });
}
