import { cholesky, inverse, logDeterminant } from "./dense-solve.ts";
import type { Interval } from "./interval.ts";
import { minimise } from "./minimise.ts";
import { ConditionalModes, type MixedAnswers } from "./conditional-modes.ts";
import { normalCdf, studentQuantile } from "./special-functions.ts";

/** One fixed effect, in log-odds. */
export interface FixedEffect {
  readonly name: string;
  readonly value: number;
  readonly standardError: number;
  /** Wald test against 0, two-sided. */
  readonly p: number;
  /**
   * Allows for few groups: Student's t with Satterthwaite's degrees of freedom, and group variances as if unbiased.
   * Wider than ± 1.96 standard errors where there are few items.
   */
  readonly interval: Interval;
}

export interface MixedLogisticFit {
  readonly fixed: readonly FixedEffect[];
  /** Standard deviation of people around the mean, in log-odds. */
  readonly participantSd: number;
  /** Of items; absent where the model has none. */
  readonly itemSd?: number;
  /** −2 log-likelihood, Laplace approximation. */
  readonly deviance: number;
  readonly converged: boolean;
}

/**
 * Logistic regression with crossed random intercepts of participants and items:
 *
 *     logit P(y = 1) = Xβ + participant + item,   participant ~ N(0, σp²), item ~ N(0, σi²)
 *
 * fitted by maximum likelihood with the Laplace approximation, jointly over β and the two standard deviations.
 *
 * @param answers rows of X with names; participants and items numbered from 0
 * @source Bates et al., Journal of Statistical Software 67 (2015) and lme4's `glmer` (nAGQ = 1), whose values it
 *   reproduces; Satterthwaite (1946) for the interval
 */
export function fitMixedLogistic(answers: MixedAnswers, confidence = 0.95): MixedLogisticFit {
  const p = answers.names.length;
  const modes = new ConditionalModes(answers);
  const groups = modes.itemCount > 0 ? 2 : 1;
  const f = (x: Float64Array): number => modes.deviance(x.subarray(0, p), x[p]!, groups > 1 ? x[p + 1]! : 0);
  const start = new Float64Array(p + groups).fill(0.4, p);
  start.set(plainLogistic(answers));
  const found = minimise(f, start);
  const [participantSd, itemSd] = [
    Math.abs(found.at[p]!),
    groups > 1 ? Math.abs(found.at[p + 1]!) : undefined,
  ];
  const covariance = covarianceOf(found.hessian, p + groups, p);
  const fixed = answers.names.map((name, i) => {
    const variance = covariance[i * (p + groups) + i]!;
    const standardError = Math.sqrt(variance);
    const value = found.at[i]!;
    const sds = { participantSd, itemSd: itemSd ?? 0 };
    return {
      name,
      value,
      standardError,
      p: 2 * normalCdf(-Math.abs(value) / standardError),
      interval: smallSampleInterval(value, variance, i === 0 ? shares(modes, sds) : [], confidence),
    };
  });
  return {
    fixed,
    participantSd,
    ...(itemSd !== undefined && { itemSd }),
    deviance: found.value,
    converged: found.converged && fixed.every((e) => Number.isFinite(e.standardError)),
  };
}

/**
 * Twice the inverse of the deviance's second derivatives. A standard deviation of zero lies on the edge, where the
 * deviance may be flat or bent down along it; then that row is set aside.
 */
function covarianceOf(hessian: Float64Array, n: number, p: number): Float64Array {
  const half = hessian.map((h) => h / 2);
  const whole = inverse(half, n);
  if (whole !== undefined) return whole;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (i !== j && (i >= p || j >= p)) half[i * n + j] = 0;
  for (let i = p; i < n; i++) half[i * n + i] = 1;
  return inverse(half, n) ?? new Float64Array(n * n).fill(NaN);
}

/** What each kind of group adds to the variance of the intercept, with its number of groups. */
function shares(
  modes: ConditionalModes,
  { participantSd, itemSd }: { readonly participantSd: number; readonly itemSd: number },
): readonly { readonly variance: number; readonly groups: number }[] {
  return [
    { variance: participantSd ** 2 / modes.participantCount, groups: modes.participantCount },
    ...(modes.itemCount > 0 ? [{ variance: itemSd ** 2 / modes.itemCount, groups: modes.itemCount }] : []),
  ];
}

/**
 * The variance of the intercept as an analysis of variance sees it: each kind of group has a mean square, its own variance
 * with that of the answers inside it, known from one group less than there are; the answers' own is counted once. Maximum
 * likelihood takes each mean square too small by (groups − 1)/groups.
 */
function smallSampleInterval(
  value: number,
  variance: number,
  parts: readonly { readonly variance: number; readonly groups: number }[],
  confidence: number,
): Interval {
  const ofAnswers = Math.max(0, variance - parts.reduce((sum, g) => sum + g.variance, 0));
  const squares = parts.map(({ variance: own, groups }) => ({
    value: ((own + ofAnswers) * groups) / (groups - 1),
    df: groups - 1,
  }));
  const total =
    squares.length === 0
      ? variance
      : squares.reduce((sum, s) => sum + s.value, 0) - (squares.length - 1) * ofAnswers;
  const spread = squares.reduce((sum, s) => sum + s.value ** 2 / s.df, 0);
  const df = spread > 0 ? total ** 2 / spread : Infinity;
  const half = studentQuantile(0.5 + confidence / 2, df) * Math.sqrt(total);
  return { low: value - half, high: value + half, confidence };
}

/** Newton's method without random effects: where the search begins. */
function plainLogistic({ X, y, names }: MixedAnswers): Float64Array {
  const p = names.length;
  const beta = new Float64Array(p);
  for (let round = 0; round < 25; round++) {
    const H = new Float64Array(p * p);
    const g = new Float64Array(p);
    for (let row = 0; row < y.length; row++) {
      let eta = 0;
      for (let i = 0; i < p; i++) eta += X[row * p + i]! * beta[i]!;
      const mu = 1 / (1 + Math.exp(-eta));
      const w = Math.max(1e-6, mu * (1 - mu));
      for (let i = 0; i < p; i++) {
        g[i]! += X[row * p + i]! * (y[row]! - mu);
        for (let j = 0; j < p; j++) H[i * p + j]! += w * X[row * p + i]! * X[row * p + j]!;
      }
    }
    const H1 = inverse(H, p);
    if (H1 === undefined) break;
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) beta[i]! += H1[i * p + j]! * g[j]!;
  }
  return beta.every((b) => Math.abs(b) < 10) ? beta : new Float64Array(p);
}

/** Whether the columns of X can be told apart, so that a fit exists. */
export function isEstimable({ X, y, names }: MixedAnswers): boolean {
  const p = names.length;
  const gram = new Float64Array(p * p);
  for (let row = 0; row < y.length; row++)
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) gram[i * p + j]! += X[row * p + i]! * X[row * p + j]!;
  const L = cholesky(gram, p);
  return L !== undefined && Number.isFinite(logDeterminant(L, p)) && new Set(y).size === 2;
}
