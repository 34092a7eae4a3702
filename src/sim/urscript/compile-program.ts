import assert from "node:assert";
import type { Code } from "./code/code.ts";
import { compileFunction } from "./code/compile-function.ts";
import type { Signal } from "./code/signal.ts";
import { collectFunctions } from "./names/collect-functions.ts";
import { findProgram } from "./names/find-program.ts";
import type { FunctionUnit } from "./names/function-unit.ts";
import { markBlocking } from "./names/may-block.ts";
import { Variables } from "./names/variables.ts";
import { ok, refuse, type Outcome } from "../../outcome.ts";
import { ScriptRefusal, type ScriptProblem } from "./problem.ts";
import type { ScriptLibrary } from "./script-library.ts";
import type { FunctionDefinition, Statement } from "./syntax/ast.ts";
import { parseScript } from "./syntax/parse.ts";

/** A script that can run: read, every name known, compiled. Runs of it are made by `startProgram`. */
export interface ScriptProgram {
  /** Name of the program's `def` or `sec`; empty for single lines. */
  readonly name: string;
  /** A `sec` runs beside the program of the robot and takes no physical time. */
  readonly secondary: boolean;
  readonly globalNames: readonly string[];
  readonly library: ScriptLibrary;
  /** The text outside all functions. */
  readonly text: FunctionUnit;
  /** What runs: the body of the program's function, or the text. */
  readonly entry: { readonly unit: FunctionUnit; readonly code: Code<Signal> };
}

/**
 * Turns script text into a program, or says what the controller would say against it: bad syntax, an unknown
 * name, wrong arguments. Nothing has run then.
 *
 * @param known global variables that exist before it runs, e.g. those of earlier lines in interpreter mode
 */
export function compileProgram(
  text: string,
  library: ScriptLibrary,
  known: readonly string[] = [],
): Outcome<ScriptProgram, ScriptProblem> {
  try {
    return ok(compileStatements(parseScript(text), library, known));
  } catch (error) {
    if (error instanceof ScriptRefusal)
      return refuse({ line: error.at.line, column: error.at.column, text: error.message });
    throw error;
  }
}

function compileStatements(
  statements: readonly Statement[],
  library: ScriptLibrary,
  known: readonly string[],
): ScriptProgram {
  const definition = findProgram(statements);
  refuseParameters(definition);
  const { text, all } = collectFunctions(statements, definition);
  const variables = new Variables(all, statements, known);
  markBlocking(all, statements, library);
  for (const unit of all) {
    unit.code = compileFunction(unit, statements, variables, library);
    assert(
      unit.mayBlock || !unit.code.blocks,
      `${unit.name} takes physical time but is called as if it did not`,
    );
  }
  const unit =
    all.find((candidate) => definition !== undefined && candidate.definition === definition) ?? text;
  return {
    name: definition?.name ?? "",
    secondary: definition?.form === "sec",
    globalNames: variables.globalNames,
    library,
    text,
    entry: { unit, code: unit.code! },
  };
}

function refuseParameters(program: FunctionDefinition | undefined): void {
  const missing = program?.parameters.find((parameter) => parameter.default === undefined);
  if (program !== undefined && missing !== undefined)
    throw new ScriptRefusal(
      `Type error: program ${program.name} has a parameter, ${missing.name}`,
      missing.at,
    );
}
