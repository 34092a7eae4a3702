import { inverse } from "./dense-solve.ts";

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  /** Second derivatives there [n × n]. */
  readonly hessian: Float64Array;
  readonly converged: boolean;
}

const STEP = 1e-4;

/**
 * The minimum of a smooth function of a few variables of order one, by BFGS with central differences and a last
 * Newton step.
 */
export function minimise(f: (x: Float64Array) => number, start: ArrayLike<number>): Minimum {
  const n = start.length;
  let x = Float64Array.from(start);
  let value = f(x);
  let gradient = gradientOf(f, x);
  let B = identity(n);
  for (let iteration = 0; iteration < 200 && norm(gradient) > 1e-5; iteration++) {
    const direction = times(B, gradient, n).map((d) => -d);
    const next = lineSearch(f, x, value, direction, gradient);
    if (next === undefined) {
      if (iteration > 0 && isIdentity(B, n)) break;
      B = identity(n);
      continue;
    }
    const newGradient = gradientOf(f, next.x);
    B = updated(
      B,
      next.x.map((v, i) => v - x[i]!),
      newGradient.map((g, i) => g - gradient[i]!),
    );
    ({ x, value } = next);
    gradient = newGradient;
  }
  return polished(f, x, value, gradient);
}

/** One Newton step with the measured second derivatives, kept where it helps. */
function polished(
  f: (x: Float64Array) => number,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
): Minimum {
  const n = x.length;
  const hessian = hessianOf(f, x, value);
  const converged = norm(gradient) < 1e-2;
  const cov = inverse(hessian, n);
  if (cov === undefined) return { at: x, value, hessian, converged };
  const step = times(cov, gradient, n);
  const at = x.map((v, i) => v - step[i]!);
  const better = f(at);
  return better < value ? { at, value: better, hessian, converged } : { at: x, value, hessian, converged };
}

function lineSearch(
  f: (x: Float64Array) => number,
  x: Float64Array,
  value: number,
  direction: Float64Array,
  gradient: Float64Array,
): { x: Float64Array<ArrayBuffer>; value: number } | undefined {
  const slope = direction.reduce((sum, d, i) => sum + d * gradient[i]!, 0);
  if (slope >= 0) return undefined;
  const longest = Math.max(...direction.map(Math.abs));
  for (let t = Math.min(1, 1 / longest); t > 1e-10; t /= 2) {
    const next = Float64Array.from(x, (v, i) => v + t * direction[i]!);
    const there = f(next);
    if (there <= value + 1e-4 * t * slope) return { x: next, value: there };
  }
  return undefined;
}

function gradientOf(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  return Float64Array.from(x, (_, i) => (f(moved(x, i, STEP)) - f(moved(x, i, -STEP))) / (2 * STEP));
}

function hessianOf(f: (x: Float64Array) => number, x: Float64Array, centre: number): Float64Array {
  const n = x.length;
  const h = 1e-3;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const at = (a: number, b: number): number => f(moved(moved(x, i, a * h), j, b * h));
      const second =
        i === j
          ? (f(moved(x, i, h)) - 2 * centre + f(moved(x, i, -h))) / (h * h)
          : (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h);
      out[i * n + j] = second;
      out[j * n + i] = second;
    }
  return out;
}

/** The BFGS update of an inverse Hessian; left alone where the curvature seen is not positive. */
function updated(B: Float64Array, s: Float64Array, y: Float64Array): Float64Array<ArrayBuffer> {
  const n = s.length;
  const sy = s.reduce((sum, v, i) => sum + v * y[i]!, 0);
  if (sy <= 1e-12) return Float64Array.from(B);
  const By = times(B, y, n);
  const yBy = y.reduce((sum, v, i) => sum + v * By[i]!, 0);
  return Float64Array.from(B, (b, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return b + ((sy + yBy) * s[i]! * s[j]!) / (sy * sy) - (By[i]! * s[j]! + s[i]! * By[j]!) / sy;
  });
}

const moved = (x: Float64Array, i: number, by: number): Float64Array => {
  const out = Float64Array.from(x);
  out[i]! += by;
  return out;
};
const identity = (n: number): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
const isIdentity = (B: Float64Array, n: number): boolean => identity(n).every((v, i) => v === B[i]);
const norm = (v: Float64Array): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
const times = (B: Float64Array, v: ArrayLike<number>, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += B[i * n + j]! * v[j]!;
    return sum;
  });
