/**
 * ln Γ(x) for x > 0.
 *
 * @source Lanczos approximation, g = 7, n = 9 (Godfrey's coefficients); relative error under 1e-13
 */
export function logGamma(x: number): number {
  const LANCZOS = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const series = LANCZOS.reduce((sum, c, i) => (i === 0 ? c : sum + c / (z + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

/** ln of the number of ways to choose k of n. */
export const logChoose = (n: number, k: number): number =>
  logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function of a Beta(a, b) variable.
 *
 * @param x in [0, 1]
 * @source continued fraction DLMF 8.17.22, evaluated by Lentz's method
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront =
    a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b) - Math.log(a);
  return Math.exp(logFront) * betaFraction(x, a, b);
}

function betaFraction(x: number, a: number, b: number): number {
  const TINY = 1e-300;
  const away = (v: number): number => (Math.abs(v) < TINY ? TINY : v);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 5000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

/** The x at which a rising function of [low, high] reaches `target`, to the last bits. */
export function inverseOf(
  rising: (x: number) => number,
  target: number,
  [low, high]: readonly [number, number],
): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 200 && b - a > 1e-15 * Math.max(1, Math.abs(a)); i++) {
    const middle = (a + b) / 2;
    if (rising(middle) < target) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/** The x with I_x(a, b) = p. */
export const betaQuantile = (p: number, a: number, b: number): number =>
  inverseOf((x) => incompleteBeta(x, a, b), p, [0, 1]);

/** Φ(z), the share of a standard normal variable below z, accurate in both tails. */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  if (z > -6) return 0.5 - 0.5 * erfSeries(-z / Math.SQRT2);
  return tailFraction(-z);
}

/** Series of the error function (all terms positive). @source DLMF 7.6.2 */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 300 && term > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** Mills' ratio as a continued fraction: the far tail. @source DLMF 7.9.1 */
function tailFraction(z: number): number {
  let f = z;
  for (let n = 60; n >= 1; n--) f = z + n / f;
  return normalDensity(z) / f;
}

export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The z with Φ(z) = p, for p in (0, 1); ±∞ at the ends. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  return inverseOf(normalCdf, p, [-40, 0]);
}

/** Share of Student's t with `df` degrees of freedom below t; `df` may be broken or infinite. */
export function studentCdf(t: number, df: number): number {
  if (!Number.isFinite(df)) return normalCdf(t);
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** The t with `studentCdf(t, df)` = p. */
export function studentQuantile(p: number, df: number): number {
  if (p > 0.5) return -studentQuantile(1 - p, df);
  return inverseOf((t) => studentCdf(t, df), p, [-1e4, 0]);
}
