/** A place in the script text; both count from 1, as the controller reports them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a script, and where: the three values of the controller's runtime-exception message. */
export interface ScriptProblem extends Position {
  /** The controller's wording, e.g. `compile_error_name_not_found:foo:`. */
  readonly text: string;
}

/**
 * Ends the program with a runtime exception. Built-ins throw it without a position; the interpreter adds
 * the position of the call.
 */
export class ScriptFault extends Error {
  override readonly name = "ScriptFault";
  readonly at: Position | undefined;

  constructor(text: string, at?: Position) {
    super(text);
    this.at = at;
  }
}

/** Refuses a script before anything runs: bad syntax, unknown name, wrong arguments. Never leaves `compileProgram`. */
export class ScriptRefusal extends Error {
  override readonly name = "ScriptRefusal";
  readonly at: Position;

  constructor(text: string, at: Position) {
    super(text);
    this.at = at;
  }
}

/** The same error with a position, if it is a `ScriptFault` that had none. */
export const placed = (error: unknown, at: Position): unknown =>
  error instanceof ScriptFault && error.at === undefined ? new ScriptFault(error.message, at) : error;
