import { expect, it } from "vitest";
import { leastSquares } from "../../src/math/least-squares.ts";

it("finds a decay from its samples: 3 · exp(−0.7 x) + 0.2", () => {
  const xs = Array.from({ length: 20 }, (_, i) => i / 4);
  const residualsOf = ([a, b, c]: readonly number[]): number[] =>
    xs.map((x) => a! * Math.exp(-b! * x) + c! - (3 * Math.exp(-0.7 * x) + 0.2));
  const { parameters, converged } = leastSquares(residualsOf, [1, 1, 0], { step: [1e-6, 1e-6, 1e-6] });
  expect(converged).toBe(true);
  expect(parameters[0]).toBeCloseTo(3, 6);
  expect(parameters[1]).toBeCloseTo(0.7, 6);
  expect(parameters[2]).toBeCloseTo(0.2, 6);
});

it("finds the bottom of Rosenbrock's valley: (1, 1)", () => {
  const { parameters } = leastSquares(([x, y]) => [10 * (y! - x! * x!), 1 - x!], [-1.2, 1], {
    step: [1e-6, 1e-6],
  });
  expect(parameters[0]).toBeCloseTo(1, 8);
  expect(parameters[1]).toBeCloseTo(1, 8);
});

it("says when its patience ends before it arrives", () => {
  const valley = ([x, y]: readonly number[]): number[] => [10 * (y! - x! * x!), 1 - x!];
  expect(leastSquares(valley, [-1.2, 1], { step: [1e-6, 1e-6], maxIterations: 2 }).converged).toBe(false);
});
