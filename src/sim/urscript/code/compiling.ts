import type { FunctionUnit } from "../names/function-unit.ts";
import type { Variables } from "../names/variables.ts";
import type { ScriptLibrary } from "../script-library.ts";
import type { Expression, Statement } from "../syntax/ast.ts";
import type { Result } from "../values/value.ts";
import type { Code } from "./code.ts";
import type { Signal } from "./signal.ts";

/** What every compile function needs: whose body it is in, and how to compile the parts. */
export interface Compiling {
  readonly unit: FunctionUnit;
  readonly variables: Variables;
  readonly library: ScriptLibrary;
  /** What it gives may still belong to a variable. */
  expression(expression: Expression): Code<Result>;
  /**
   * Expressions evaluated one after the other; undefined ones give nothing. Where a later one may change a
   * variable, the earlier ones keep the value that they had.
   */
  operands(expressions: readonly (Expression | undefined)[]): Code<Result>[];
  block(statements: readonly Statement[]): Code<Signal>;
}
