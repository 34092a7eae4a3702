import { clusteredCovariance } from "./clustered-covariance.ts";
import { inverse } from "./dense-solve.ts";
import type { Interval } from "./interval.ts";
import { minimise } from "./minimise.ts";
import { studentCdf, studentQuantile } from "./special-functions.ts";

/** How often two things were compared, and with what outcome. */
export interface PairCounts {
  /** Places in the list of things compared. */
  readonly first: number;
  readonly second: number;
  readonly firstWins: number;
  readonly secondWins: number;
  readonly ties: number;
}

export interface Preference {
  /** ln ability against the first thing, whose own is 0. */
  readonly logAbility: readonly number[];
  /** By listeners: answers of one person hang together. */
  readonly intervals: readonly Interval[];
  readonly standardErrors: readonly number[];
  /** Of "as able as the first thing", two-sided; NaN for the first. */
  readonly p: readonly number[];
  /** Standard errors as if all answers were independent; for comparison only. */
  readonly independentErrors: readonly number[];
  /** ν: readiness to call a tie; 0 never. NaN where no ties occurred and none are modelled. */
  readonly tie: number;
  readonly logLikelihood: number;
  readonly converged: boolean;
}

/**
 * Bradley and Terry's model with Davidson's ties:
 *
 *     P(i wins) ∝ πi,   P(j wins) ∝ πj,   P(tie) ∝ ν·√(πi πj)
 *
 * Its parameters are those of all answers together; how sure they are is judged by how listeners differ.
 *
 * @param things how many there are; every one must be linked to the others by comparisons
 * @param listeners what each compared
 * @source Davidson, JASA 65 (1970); Liang and Zeger, Biometrika 73 (1986) for answers that hang together
 */
export function fitPreference(
  things: number,
  listeners: readonly (readonly PairCounts[])[],
  confidence = 0.95,
): Preference {
  const pairs = listeners.flat();
  const withTies = pairs.some((p) => p.ties > 0);
  const n = things - 1 + (withTies ? 1 : 0);
  const deviance = (x: Float64Array): number => -2 * logLikelihood(pairs, x, things, withTies);
  const found = minimise(deviance, new Float64Array(n));
  const covariance = inverse(
    found.hessian.map((h) => h / 2),
    n,
  );
  const scores = listeners.map((mine) => scoreOf(mine, found.at, things, withTies));
  const logAbility = [0, ...found.at.subarray(0, things - 1)];
  const errorsOf = (matrix: Float64Array | undefined): number[] =>
    logAbility.map((_, i) =>
      i === 0 ? 0 : matrix === undefined ? NaN : Math.sqrt(matrix[(i - 1) * n + i - 1]!),
    );
  const standardErrors = errorsOf(covariance && clusteredCovariance(covariance, scores));
  const df = listeners.length - 1;
  const t = df < 1 ? NaN : studentQuantile(0.5 + confidence / 2, df);
  return {
    logAbility,
    standardErrors,
    independentErrors: errorsOf(covariance),
    p: logAbility.map((value, i) => 2 * studentCdf(-Math.abs(value / standardErrors[i]!), df)),
    intervals: logAbility.map((value, i) => ({
      low: value - t * standardErrors[i]!,
      high: value + t * standardErrors[i]!,
      confidence,
    })),
    tie: withTies ? Math.exp(found.at[n - 1]!) : NaN,
    logLikelihood: -found.value / 2,
    converged: found.converged && covariance !== undefined && logAbility.every((a) => Math.abs(a) < 15),
  };
}

function logLikelihood(
  pairs: readonly PairCounts[],
  x: Float64Array,
  things: number,
  withTies: boolean,
): number {
  const ability = (i: number): number => (i === 0 ? 0 : x[i - 1]!);
  const logTie = withTies ? x[things - 1]! : -Infinity;
  let sum = 0;
  for (const pair of pairs) {
    const [a, b] = [ability(pair.first), ability(pair.second)];
    const tie = logTie + (a + b) / 2;
    const largest = Math.max(a, b, tie);
    const logTotal =
      largest + Math.log(Math.exp(a - largest) + Math.exp(b - largest) + Math.exp(tie - largest));
    sum += pair.firstWins * (a - logTotal) + pair.secondWins * (b - logTotal);
    if (pair.ties > 0) sum += pair.ties * (tie - logTotal);
  }
  return sum;
}

/** Slope of one listener's log-likelihood: what was observed of each parameter, less what was expected. */
function scoreOf(
  pairs: readonly PairCounts[],
  x: Float64Array,
  things: number,
  withTies: boolean,
): Float64Array {
  const score = new Float64Array(x.length);
  const add = (thing: number, amount: number): void => {
    if (thing > 0) score[thing - 1]! += amount;
  };
  for (const { first, second, firstWins, secondWins, ties } of pairs) {
    const [a, b] = [first, second].map((i) => (i === 0 ? 0 : x[i - 1]!)) as [number, number];
    const weights = [a, b, withTies ? x[things - 1]! + (a + b) / 2 : -Infinity].map(Math.exp);
    const total = weights.reduce((sum, w) => sum + w, 0);
    const [win, lose, tie] = weights.map((w) => ((firstWins + secondWins + ties) * w) / total) as [
      number,
      number,
      number,
    ];
    add(first, firstWins - win + (ties - tie) / 2);
    add(second, secondWins - lose + (ties - tie) / 2);
    if (withTies) score[things - 1]! += ties - tie;
  }
  return score;
}
