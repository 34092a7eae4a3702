import { Matrix, solve } from "ml-matrix";

export interface LeastSquaresOptions {
  /** Step of the central differences, per parameter. */
  readonly step: readonly number[];
  readonly maxIterations?: number;
}

/** The parameters that make a list of residuals smallest, and the residuals there. */
export interface LeastSquares {
  readonly parameters: readonly number[];
  readonly residuals: readonly number[];
  /** Half-way steps refused and the sum no longer falling: a minimum, not the end of patience. */
  readonly converged: boolean;
}

/**
 * Levenberg–Marquardt: least sum of squared residuals of a smooth function.
 *
 *     (JᵀJ + λ·diag(JᵀJ))·δ = −Jᵀr,   λ falls after a step that helps and grows after one that does not
 *
 * For fits of some dozen parameters done once; nothing in a loop uses it.
 *
 * @param residualsOf same length for every argument; weights belong into the residuals
 * @source Marquardt, J. SIAM 11 (1963) 431
 */
export function leastSquares(
  residualsOf: (parameters: readonly number[]) => readonly number[],
  start: readonly number[],
  { step, maxIterations = 200 }: LeastSquaresOptions,
): LeastSquares {
  let at = { parameters: start, residuals: residualsOf(start) };
  let cost = sumOfSquares(at.residuals);
  let damping = 1e-3;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const J = jacobian(residualsOf, at.parameters, step);
    const better = firstBetterStep(residualsOf, at, J, cost, damping);
    if (!better) return { ...at, converged: true };
    const gained = cost - better.cost;
    ({ cost, damping } = better);
    at = better;
    if (gained <= 1e-12 * cost) return { ...at, converged: true };
  }
  return { ...at, converged: false };
}

function firstBetterStep(
  residualsOf: (parameters: readonly number[]) => readonly number[],
  at: { readonly parameters: readonly number[]; readonly residuals: readonly number[] },
  J: Matrix,
  cost: number,
  damping: number,
) {
  const normal = J.transpose().mmul(J);
  const gradient = J.transpose().mmul(Matrix.columnVector(at.residuals));
  for (let lambda = damping; lambda < 1e12; lambda *= 4) {
    const damped = normal.clone();
    for (let i = 0; i < damped.rows; i++) damped.set(i, i, normal.get(i, i) * (1 + lambda) + 1e-15);
    const delta = solve(damped, gradient).to1DArray();
    const parameters = at.parameters.map((p, i) => p - delta[i]!);
    const residuals = residualsOf(parameters);
    const here = sumOfSquares(residuals);
    if (here < cost) return { parameters, residuals, cost: here, damping: lambda / 8 };
  }
  return undefined;
}

/** ∂r/∂p by central differences. */
function jacobian(
  residualsOf: (parameters: readonly number[]) => readonly number[],
  parameters: readonly number[],
  step: readonly number[],
): Matrix {
  const columns = parameters.map((p, j) => {
    const moved = (by: number): readonly number[] =>
      residualsOf(parameters.map((v, i) => (i === j ? p + by : v)));
    const [up, down] = [moved(step[j]!), moved(-step[j]!)];
    return up.map((r, i) => (r - down[i]!) / (2 * step[j]!));
  });
  return new Matrix(columns).transpose();
}

const sumOfSquares = (values: readonly number[]): number => values.reduce((sum, v) => sum + v * v, 0);
