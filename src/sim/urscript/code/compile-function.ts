import type { FunctionUnit } from "../names/function-unit.ts";
import type { Variables } from "../names/variables.ts";
import type { ScriptLibrary } from "../script-library.ts";
import type { Statement } from "../syntax/ast.ts";
import { evaluate, plain, stepped, type Code } from "./code.ts";
import { compileBlock } from "./compile-block.ts";
import { compileExpression, compileOperands } from "./compile-expression.ts";
import type { Compiling } from "./compiling.ts";
import type { Signal } from "./signal.ts";
import type { Result } from "../values/value.ts";

/** Compiles one function: values for the parameters that a call leaves out, then the body. */
export function compileFunction(
  unit: FunctionUnit,
  text: readonly Statement[],
  variables: Variables,
  library: ScriptLibrary,
): Code<Signal> {
  const compiling: Compiling = {
    unit,
    variables,
    library,
    expression: (expression) => compileExpression(expression, compiling),
    operands: (expressions) => compileOperands(expressions, compiling),
    block: (statements) => compileBlock(statements, compiling),
  };
  const defaults = (unit.definition?.parameters ?? []).flatMap((parameter, slot) =>
    parameter.default === undefined ? [] : [{ slot, value: compiling.expression(parameter.default) }],
  );
  return withDefaults(defaults, compiling.block(unit.bodyOf(text)));
}

interface DefaultCode {
  readonly slot: number;
  readonly value: Code<Result>;
}

function withDefaults(defaults: readonly DefaultCode[], body: Code<Signal>): Code<Signal> {
  if (defaults.length === 0) return body;
  if (body.blocks || defaults.some(({ value }) => value.blocks))
    return stepped(function* (frame) {
      for (const { slot, value } of defaults) frame.slots[slot] ??= yield* evaluate(value, frame);
      return yield* evaluate(body, frame);
    });
  return plain((frame) => {
    for (const { slot, value } of defaults)
      frame.slots[slot] ??= (value.run as (f: typeof frame) => Result)(frame);
    return body.run(frame);
  });
}
