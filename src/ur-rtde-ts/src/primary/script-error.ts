/** Why a script did not run. */
export type ScriptErrorCode =
  | "EXCEPTION" // the controller could not compile it, or it failed while it ran
  | "ROBOT_ERROR" // the controller reported a violation, a fault or worse
  | "TIMEOUT" // nothing was heard of it
  | "NO_MESSAGES"; // this port says nothing about scripts

/** A script that did not run; for EXCEPTION with the place in the text that was sent. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
  readonly code: ScriptErrorCode;
  /** From 1; `undefined` if the error has no place. */
  readonly line: number | undefined;
  /** From 1. */
  readonly column: number | undefined;
  /** That line of the script. */
  readonly sourceLine: string | undefined;
  /** The controller's own words. */
  readonly said: string;

  constructor(
    code: ScriptErrorCode,
    message: string,
    said = "",
    place?: { readonly line: number; readonly column: number; readonly sourceLine: string | undefined },
  ) {
    super(message);
    this.code = code;
    this.said = said;
    this.line = place?.line;
    this.column = place?.column;
    this.sourceLine = place?.sourceLine;
  }
}

/** The error for a runtime exception, with the line of the script it points at. */
export function scriptException(script: string, line: number, column: number, said: string): ScriptError {
  const sourceLine = script.split("\n")[line - 1];
  const quoted = sourceLine === undefined ? "" : `: ${sourceLine.trim()}`;
  const message = `The script failed at line ${line}, column ${column} (${said})${quoted}`;
  return new ScriptError("EXCEPTION", message, said, { line, column, sourceLine });
}
