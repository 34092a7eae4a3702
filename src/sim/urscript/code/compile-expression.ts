import type { Expression } from "../syntax/ast.ts";
import { partsOf } from "../names/walk.ts";
import { unknownName } from "../names/unknown-name.ts";
import { CONSTANTS } from "../builtins/constants.ts";
import { Pose, copyOf, type Result, type Value } from "../values/value.ts";
import { expectNumber } from "../values/expect.ts";
import { placed, ScriptFault } from "../problem.ts";
import { compileIndex, compileMember } from "./compile-access.ts";
import { compileCall, compileRun, something } from "./compile-call.ts";
import { compileMethod } from "./compile-method.ts";
import { compileBinary, compileLogic, compileUnary } from "./compile-operator.ts";
import { gather, map, plain, type Code } from "./code.ts";
import type { Compiling } from "./compiling.ts";

/** Compiles any expression. What it gives may still belong to a variable: see `compileOwned`. */
export function compileExpression(expression: Expression, compiling: Compiling): Code<Result> {
  switch (expression.kind) {
    case "constant": {
      const { value } = expression;
      return plain(() => value);
    }
    case "name":
      return compileName(expression, compiling);
    case "list":
      return compileList(expression, compiling);
    case "pose":
      return compilePose(expression, compiling);
    case "unary":
      return compileUnary(expression, compiling);
    case "binary":
      return compileBinary(expression, compiling);
    case "logic":
      return compileLogic(expression, compiling);
    case "call":
      return compileCall(expression, compiling);
    case "run":
      return compileRun(expression, compiling);
    case "method":
      return compileMethod(expression, compiling);
    case "member":
      return compileMember(expression, compiling);
    case "index":
      return compileIndex(expression, compiling);
  }
}

/** Compiles an expression whose value will be stored: a copy where it belongs to a variable already. */
export function compileOwned(expression: Expression, compiling: Compiling): Code<Result> {
  const code = compiling.expression(expression);
  const isStored = expression.kind === "name" || expression.kind === "member" || expression.kind === "index";
  return isStored ? map(code, copyOf) : code;
}

export function compileOperands(
  expressions: readonly (Expression | undefined)[],
  compiling: Compiling,
): Code<Result>[] {
  return expressions.map((expression, i) => {
    if (expression === undefined) return plain(() => undefined);
    const rest = expressions.slice(i + 1);
    return rest.some((later) => later !== undefined && mayChangeVariables(later, compiling))
      ? compileOwned(expression, compiling)
      : compiling.expression(expression);
  });
}

/** It calls a function of the script or a method, or takes physical time, in which other threads run. */
function mayChangeVariables(expression: Expression, { unit, library }: Compiling): boolean {
  for (const part of partsOf(expression)) {
    if (part.kind === "method") return true;
    if (part.kind === "call" && unit.findFunction(part.name) !== undefined) return true;
    if (part.kind === "call" && library.builtins.get(part.name)?.blocking === true) return true;
  }
  return false;
}

function compileName(
  { name, at }: Extract<Expression, { kind: "name" }>,
  { variables, unit }: Compiling,
): Code<Result> {
  const variable = variables.find(unit, name);
  if (variable === undefined) {
    const value = CONSTANTS.get(name);
    if (value === undefined) throw unknownName(name, at);
    return plain(() => value);
  }
  const { slot } = variable;
  const unassigned = (): never => {
    throw new ScriptFault(`Variable ${name} is used before it has a value`, at);
  };
  if (variable.kind === "local") return plain((frame) => frame.slots[slot] ?? unassigned());
  if (variable.kind === "global") return plain((frame) => frame.run.globals[slot] ?? unassigned());
  const { hops } = variable;
  return plain((frame) => {
    let outer = frame;
    for (let i = 0; i < hops; i++) outer = outer.outer!;
    return outer.slots[slot] ?? unassigned();
  });
}

function compileList(
  { items, at }: Extract<Expression, { kind: "list" }>,
  compiling: Compiling,
): Code<Result> {
  if (items.length > 0 && items.every(isKnown)) {
    const values: Value[] = items.map((item) => item.value);
    return plain(() => values.slice());
  }
  return gather(items.map((item) => map(compileOwned(item, compiling), (value) => something(value, at))));
}

const isKnown = (
  item: Expression,
): item is Extract<Expression, { kind: "constant" }> & { readonly value: Value } =>
  item.kind === "constant" && item.value !== undefined;

function compilePose(
  { items, at }: Extract<Expression, { kind: "pose" }>,
  compiling: Compiling,
): Code<Result> {
  return map(gather(compiling.operands(items)), (values) => {
    try {
      return new Pose(values.map((value, i) => expectNumber(value, `element ${i} of a pose`)));
    } catch (error) {
      throw placed(error, at);
    }
  });
}
