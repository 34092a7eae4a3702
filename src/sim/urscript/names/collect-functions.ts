import type { FunctionDefinition, Statement } from "../syntax/ast.ts";
import { FunctionUnit } from "./function-unit.ts";
import { functionsIn } from "./walk.ts";

export interface CollectedFunctions {
  /** The text outside all functions. */
  readonly text: FunctionUnit;
  /** Every function, `text` first, each after the one around it. */
  readonly all: readonly FunctionUnit[];
}

/** Finds every function of a text and which stands inside which. */
export function collectFunctions(
  statements: readonly Statement[],
  program: FunctionDefinition | undefined,
): CollectedFunctions {
  const text = new FunctionUnit(undefined, undefined, true);
  const all = [text];
  const collect = (body: readonly Statement[], around: FunctionUnit): void => {
    for (const definition of functionsIn(body)) {
      const unit = new FunctionUnit(definition, around, definition === program);
      around.children.set(definition.name, unit);
      all.push(unit);
      collect(definition.body, unit);
    }
  };
  collect(statements, text);
  return { text, all };
}
