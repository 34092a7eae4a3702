import type { BinaryOperator } from "../syntax/ast.ts";
import { ScriptFault } from "../problem.ts";
import { isMatrix, multiplyMatrices } from "./matrix.ts";
import { typeName, type ListValue, type Result, type Value } from "./value.ts";

export type ArithmeticOperator = Extract<BinaryOperator, "+" | "-" | "*" | "/" | "%">;

/** How two numbers combine. Division by zero ends the program rather than send infinity to a joint. */
const NUMBER_OPERATION: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": divideNumbers,
  "%": (a, b) => (b === 0 ? divideNumbers(a, b) : a % b),
};

export function divideNumbers(a: number, b: number): number {
  if (b === 0) throw new ScriptFault("Division by zero");
  return a / b;
}

/**
 * `a operator b` of any two values: numbers; list and list element by element; number and list each element;
 * matrix · matrix and matrix · list as in linear algebra. Poses have no arithmetic (`pose_add` has).
 *
 * @source Universal Robots, "URScript command - Linear Algebra Examples": lists multiply element-wise
 */
export function combine(operator: ArithmeticOperator, a: Result, b: Result): Value {
  if (typeof a === "number" && typeof b === "number") return NUMBER_OPERATION[operator](a, b);
  if (Array.isArray(a) && Array.isArray(b)) return combineLists(operator, a, b);
  if (Array.isArray(a) && typeof b === "number") return a.map((item) => combine(operator, item, b));
  if (Array.isArray(b) && typeof a === "number") return b.map((item) => combine(operator, a, item));
  throw new ScriptFault(
    `Type error: unsupported operands for ${operator}: ${typeName(a)} and ${typeName(b)}`,
  );
}

function combineLists(operator: ArithmeticOperator, a: ListValue, b: ListValue): Value {
  if (operator === "*" && isMatrix(a))
    return isMatrix(b) ? multiplyMatrices(a, b) : transposeToRow(multiplyMatrices(a, asColumn(b)));
  if (operator === "*" && isMatrix(b)) return multiplyMatrices([a], b)[0]!;
  if (a.length !== b.length)
    throw new ScriptFault(`Type error: lists of length ${a.length} and ${b.length} for ${operator}`);
  const operation = NUMBER_OPERATION[operator];
  const result = a.slice();
  for (let i = 0; i < result.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    result[i] = typeof x === "number" && typeof y === "number" ? operation(x, y) : combine(operator, x, y);
  }
  return result;
}

const asColumn = (list: ListValue): ListValue[] => list.map((item) => [item]);
const transposeToRow = (column: number[][]): number[] => column.map((row) => row[0]!);

/** −a of a number or of each element of a list. */
export function negate(a: Result): Value {
  if (typeof a === "number") return -a;
  if (Array.isArray(a)) return a.map(negate);
  throw new ScriptFault(`Type error: unsupported operand for -: ${typeName(a)}`);
}
