import { Matrix, solve } from "ml-matrix";
import { expect, it } from "vitest";
import { addSquare, makeNormal, solveNormal } from "../../src/math/banded-normal.ts";
import { seededRandom } from "../../src/math/random.ts";

it("solves rows over few neighbours as a full solver does", () => {
  const random = seededRandom(11);
  for (let round = 0; round < 50; round++) {
    const [n, reach] = [8 + Math.floor(20 * random()), 1 + Math.floor(4 * random())];
    const normal = makeNormal(n, reach);
    const full: number[][] = [];
    const right: number[] = [];
    for (let k = 0; k < 5 * n; k++) {
      const first = Math.floor(random() * (n - reach));
      const row = Float64Array.from({ length: reach + 1 }, () => random() - 0.5);
      const [value, weight] = [random() - 0.5, random() + 0.1];
      addSquare(normal, first, row, value, weight);
      full.push(Array.from({ length: n }, (_, i) => Math.sqrt(weight) * (row[i - first] ?? 0)));
      right.push(-Math.sqrt(weight) * value);
    }
    const A = new Matrix(full);
    const wanted = solve(A.transpose().mmul(A), A.transpose().mmul(Matrix.columnVector(right))).to1DArray();
    const found = solveNormal(normal)!;
    wanted.forEach((v, i) => expect(found[i], `round ${round}`).toBeCloseTo(v, 8));
  }
});

it("refuses rows that leave an unknown open", () => {
  const normal = makeNormal(3, 1);
  addSquare(normal, 0, Float64Array.of(1, 1), 1, 1);
  expect(solveNormal(normal)).toBeUndefined();
});
