import { ScriptFault } from "../problem.ts";
import type { ListValue, Value } from "./value.ts";

/** Whether a list is a matrix: at least one row, each a list. */
export const isMatrix = (value: Value): value is ListValue[] =>
  Array.isArray(value) && Array.isArray(value[0]);

/** Checks that rows are equally long lists of numbers, and gives them with that type. */
export function matrixRows(value: ListValue[]): number[][] {
  const width = value[0]!.length;
  for (const row of value) {
    if (!Array.isArray(row) || row.length !== width || row.some((item) => typeof item !== "number"))
      throw new ScriptFault("Type error: rows of a matrix must be equally long lists of numbers");
  }
  return value as number[][];
}

/** Matrix product A·B. */
export function multiplyMatrices(a: ListValue[], b: ListValue[]): number[][] {
  const [rows, other] = [matrixRows(a), matrixRows(b)];
  if (rows[0]!.length !== other.length)
    throw new ScriptFault(
      `Type error: matrix product of ${rows[0]!.length} columns and ${other.length} rows`,
    );
  return rows.map((row) => other[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * other[k]![j]!, 0)));
}

export const transposed = (m: ListValue[]): number[][] => {
  const rows = matrixRows(m);
  return rows[0]!.map((_, j) => rows.map((row) => row[j]!));
};

/** Inverse by Gauss-Jordan elimination with row pivoting. */
export function invertMatrix(m: ListValue[]): number[][] {
  const n = m.length;
  const rows = matrixRows(m).map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  if (rows[0]!.length !== 2 * n) throw new ScriptFault("Type error: inv needs a square matrix");
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    if (Math.abs(rows[pivot]![column]!) < 1e-300) throw new ScriptFault("inv: matrix is singular");
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const scale = rows[column]![column]!;
    rows[column] = rows[column]!.map((x) => x / scale);
    for (let i = 0; i < n; i++) {
      const factor = rows[i]![column]!;
      if (i !== column && factor !== 0) rows[i] = rows[i]!.map((x, j) => x - factor * rows[column]![j]!);
    }
  }
  return rows.map((row) => row.slice(n));
}
