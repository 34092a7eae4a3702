import type { Argument, BinaryOperator, CallExpression, Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** Binary operators, loosest first; operators of one row associate to the left. */
const LEVELS: readonly (readonly (BinaryOperator | "and" | "or")[])[] = [
  ["or"],
  ["xor"],
  ["and"],
  ["==", "!=", "<", ">", "<=", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];
const NOT_LEVEL = 3;

export const parseExpression = (cursor: Cursor): Expression => cursor.nested(() => parseLevel(cursor, 0));

function parseLevel(cursor: Cursor, level: number): Expression {
  if (level === LEVELS.length) return parseUnary(cursor);
  if (level === NOT_LEVEL && cursor.is("not")) {
    const at = cursor.take();
    return {
      kind: "unary",
      operator: "not",
      at,
      operand: cursor.nested(() => parseLevel(cursor, NOT_LEVEL)),
    };
  }
  let left = parseLevel(cursor, level + 1);
  for (;;) {
    const operator = LEVELS[level]!.find((text) => cursor.is(text));
    if (operator === undefined) return left;
    cursor.deepen();
    const at = cursor.take();
    cursor.skipNewlines(); // a line may end with a binary operator
    const right = parseLevel(cursor, level + 1);
    left =
      operator === "and" || operator === "or"
        ? { kind: "logic", operator, at, left, right }
        : { kind: "binary", operator, at, left, right };
  }
}

function parseUnary(cursor: Cursor): Expression {
  if (cursor.is("+")) {
    cursor.take();
    return cursor.nested(() => parseUnary(cursor));
  }
  if (!cursor.is("-")) return parsePostfix(cursor);
  const at = cursor.take();
  const operand = cursor.nested(() => parseUnary(cursor));
  if (operand.kind === "constant" && typeof operand.value === "number")
    return { kind: "constant", value: -operand.value, at };
  return { kind: "unary", operator: "-", at, operand };
}

function parsePostfix(cursor: Cursor): Expression {
  let expression = parsePrimary(cursor);
  for (; cursor.is(".") || cursor.is("["); cursor.deepen()) {
    if (cursor.is(".")) {
      cursor.take();
      const { text: name, ...at } = cursor.expectKind("name");
      expression = cursor.is("(")
        ? { kind: "method", object: expression, name, args: parseArguments(cursor), at }
        : { kind: "member", object: expression, name, at };
    } else {
      const at = cursor.take();
      const indices = parseItems(cursor, "]");
      if (expression.kind === "name" && expression.name === "p" && indices.length === 6)
        expression = { kind: "pose", items: indices, at: expression.at };
      else if (indices.length === 1 || indices.length === 2)
        expression = { kind: "index", object: expression, indices, at };
      else throw cursor.unexpected(at);
    }
  }
  return expression;
}

function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.peek;
  if (token.kind === "number") return { kind: "constant", value: Number(cursor.take().text), at: token };
  if (token.kind === "string") return { kind: "constant", value: cursor.take().text, at: token };
  if (cursor.accept("True")) return { kind: "constant", value: true, at: token };
  if (cursor.accept("False")) return { kind: "constant", value: false, at: token };
  if (cursor.accept("None")) return { kind: "constant", value: undefined, at: token };
  if (token.kind === "name") {
    if (cursor.peekSecond.text === "(" && cursor.peekSecond.kind === "symbol") return parseCall(cursor);
    return { kind: "name", name: cursor.take().text, at: token };
  }
  if (cursor.accept("run")) return { kind: "run", call: parseCall(cursor), at: token };
  if (cursor.accept("(")) {
    const inner = parseExpression(cursor);
    cursor.expect(")");
    return inner;
  }
  if (cursor.accept("[")) return { kind: "list", items: parseItems(cursor, "]"), at: token };
  throw cursor.unexpected();
}

function parseCall(cursor: Cursor): CallExpression {
  const at = cursor.expectKind("name");
  return { kind: "call", name: at.text, args: parseArguments(cursor), at };
}

function parseArguments(cursor: Cursor): Argument[] {
  const args: Argument[] = [];
  cursor.expect("(");
  while (!cursor.is(")")) {
    if (args.length > 0) cursor.expect(",");
    const at = cursor.peek;
    const named = at.kind === "name" && cursor.peekSecond.kind === "symbol" && cursor.peekSecond.text === "=";
    if (named) {
      cursor.take();
      cursor.take();
    }
    args.push({ name: named ? at.text : undefined, value: parseExpression(cursor), at });
  }
  cursor.expect(")");
  return args;
}

function parseItems(cursor: Cursor, close: string): Expression[] {
  const items: Expression[] = [];
  while (!cursor.is(close)) {
    if (items.length > 0) cursor.expect(",");
    items.push(parseExpression(cursor));
  }
  cursor.expect(close);
  return items;
}
