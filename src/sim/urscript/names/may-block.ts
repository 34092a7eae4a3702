import { isListMethod } from "../builtins/methods.ts";
import type { ScriptLibrary } from "../script-library.ts";
import type { Expression, Statement } from "../syntax/ast.ts";
import type { FunctionUnit } from "./function-unit.ts";
import { expressionsOf, partsOf, statementsIn } from "./walk.ts";

/** Marks each function that may reach a call that takes physical time, over any number of calls. */
export function markBlocking(
  units: readonly FunctionUnit[],
  text: readonly Statement[],
  library: ScriptLibrary,
): void {
  const callers = new Map<FunctionUnit, Set<FunctionUnit>>();
  const pending: FunctionUnit[] = [];
  for (const unit of units) {
    let blocks = false;
    for (const callee of calleesOf(unit, text, library)) {
      if (callee === "blocks") blocks = true;
      else callers.set(callee, (callers.get(callee) ?? new Set()).add(unit));
    }
    if (blocks) pending.push(unit);
  }
  for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
    if (unit.mayBlock) continue;
    unit.mayBlock = true;
    pending.push(...(callers.get(unit) ?? []));
  }
}

function* calleesOf(
  unit: FunctionUnit,
  text: readonly Statement[],
  library: ScriptLibrary,
): Generator<FunctionUnit | "blocks"> {
  const expressions: Expression[] = (unit.definition?.parameters ?? []).flatMap((p) => p.default ?? []);
  for (const statement of statementsIn(unit.bodyOf(text))) {
    if (statement.kind === "join" || statement.kind === "pause") yield "blocks";
    expressions.push(...expressionsOf(statement));
  }
  for (const expression of expressions)
    for (const part of partsOf(expression)) {
      if (part.kind === "method" && !isListMethod(part.name)) yield "blocks"; // an object of the host has it
      if (part.kind !== "call") continue;
      const callee = unit.findFunction(part.name);
      if (callee !== undefined) yield callee;
      else if (library.builtins.get(part.name)?.blocking === true) yield "blocks";
    }
}
