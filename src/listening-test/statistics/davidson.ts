import { inverse } from "./dense-solve.ts";
import type { Interval } from "./interval.ts";
import { minimise } from "./minimise.ts";
import { normalQuantile } from "./special-functions.ts";

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
  readonly intervals: readonly Interval[];
  readonly standardErrors: readonly number[];
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
 * @param things how many there are; every one must be linked to the others by comparisons
 * @source Davidson, JASA 65 (1970)
 */
export function fitPreference(things: number, pairs: readonly PairCounts[], confidence = 0.95): Preference {
  const withTies = pairs.some((p) => p.ties > 0);
  const n = things - 1 + (withTies ? 1 : 0);
  const deviance = (x: Float64Array): number => -2 * logLikelihood(pairs, x, things, withTies);
  const found = minimise(deviance, new Float64Array(n));
  const covariance = inverse(
    found.hessian.map((h) => h / 2),
    n,
  );
  const z = normalQuantile(0.5 + confidence / 2);
  const logAbility = [0, ...found.at.subarray(0, things - 1)];
  const standardErrors = logAbility.map((_, i) =>
    i === 0 ? 0 : covariance === undefined ? NaN : Math.sqrt(covariance[(i - 1) * n + i - 1]!),
  );
  return {
    logAbility,
    standardErrors,
    intervals: logAbility.map((value, i) => ({
      low: value - z * standardErrors[i]!,
      high: value + z * standardErrors[i]!,
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
