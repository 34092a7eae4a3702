import { placed, type Position } from "../problem.ts";
import type { BinaryExpression, BinaryOperator, Expression } from "../syntax/ast.ts";
import { combine, negate } from "../values/arithmetic.ts";
import { difference, isEqual } from "../values/compare.ts";
import { expectCondition } from "../values/expect.ts";
import type { Result } from "../values/value.ts";
import { evaluate, map, map2, plain, stepped, type Code, type Plain } from "./code.ts";
import type { Compiling } from "./compiling.ts";

export function compileUnary(
  { operator, operand, at }: Extract<Expression, { kind: "unary" }>,
  compiling: Compiling,
): Code<Result> {
  if (operator === "not") return map(compileCondition(operand, compiling), (value) => !value);
  return map(compiling.expression(operand), (value) =>
    typeof value === "number" ? -value : guarded(at, () => negate(value)),
  );
}

export function compileBinary(expression: BinaryExpression, compiling: Compiling): Code<Result> {
  const { operator, at } = expression;
  if (operator === "xor")
    return map2(
      compileCondition(expression.left, compiling),
      compileCondition(expression.right, compiling),
      (a, b) => a !== b,
    );
  const [left, right] = compiling.operands([expression.left, expression.right]) as [
    Code<Result>,
    Code<Result>,
  ];
  const operate = operationOf(operator, at);
  if (left.blocks || right.blocks) return map2(left, right, operate);
  return plain(fastBinary(operator, left.run, right.run, operate));
}

/** `and` and `or` leave the right side alone when the left decides. @assumed as in Python; the manual is silent */
export function compileLogic(
  expression: Extract<Expression, { kind: "logic" }>,
  compiling: Compiling,
): Code<Result> {
  const left = compileCondition(expression.left, compiling);
  const right = compileCondition(expression.right, compiling);
  const decides = expression.operator === "or";
  if (left.blocks || right.blocks)
    return stepped(function* (frame) {
      return (yield* evaluate(left, frame)) === decides ? decides : yield* evaluate(right, frame);
    });
  const [runLeft, runRight] = [left.run, right.run];
  return decides
    ? plain((frame) => runLeft(frame) || runRight(frame))
    : plain((frame) => runLeft(frame) && runRight(frame));
}

/** Compiles an expression that must say yes or no. */
export const compileCondition = (expression: Expression, compiling: Compiling): Code<boolean> =>
  map(compiling.expression(expression), (value) =>
    typeof value === "boolean" ? value : guarded(expression.at, () => expectCondition(value)),
  );

function guarded<T>(at: Position, evaluateIt: () => T): T {
  try {
    return evaluateIt();
  } catch (error) {
    throw placed(error, at);
  }
}

type Operation = (a: Result, b: Result) => Result;

/** What an operator does to any two values. */
function operationOf(operator: Exclude<BinaryOperator, "xor">, at: Position): Operation {
  switch (operator) {
    case "==":
      return isEqual;
    case "!=":
      return (a, b) => !isEqual(a, b);
    case "<":
      return (a, b) => guarded(at, () => difference(a, b) < 0);
    case ">":
      return (a, b) => guarded(at, () => difference(a, b) > 0);
    case "<=":
      return (a, b) => guarded(at, () => difference(a, b) <= 0);
    case ">=":
      return (a, b) => guarded(at, () => difference(a, b) >= 0);
    default:
      return (a, b) => guarded(at, () => combine(operator, a, b));
  }
}

/** One closure per operator, with the common case of two numbers inline: most of a script's time is spent here. */
function fastBinary(
  operator: BinaryOperator,
  left: Plain<Result>,
  right: Plain<Result>,
  operate: Operation,
): Plain<Result> {
  switch (operator) {
    case "+":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return typeof a === "number" && typeof b === "number" ? a + b : operate(a, b);
      };
    case "-":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return typeof a === "number" && typeof b === "number" ? a - b : operate(a, b);
      };
    case "*":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return typeof a === "number" && typeof b === "number" ? a * b : operate(a, b);
      };
    case "<":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return typeof a === "number" && typeof b === "number" ? a < b : operate(a, b);
      };
    case ">":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return typeof a === "number" && typeof b === "number" ? a > b : operate(a, b);
      };
    default:
      return (frame) => operate(left(frame), right(frame));
  }
}
