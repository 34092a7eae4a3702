import { logChoose } from "./special-functions.ts";

/** Chance of exactly k successes in n trials. */
export function binomialChance(k: number, n: number, p: number): number {
  if (p === 0 || p === 1) return k === (p === 0 ? 0 : n) ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** Chance of `from` to `to` successes, both counted. */
export function binomialRange(from: number, to: number, n: number, p: number): number {
  let sum = 0;
  for (let k = Math.max(0, from); k <= Math.min(n, to); k++) sum += binomialChance(k, n, p);
  return Math.min(1, sum);
}

/**
 * Exact two-sided p-value, by the method of small probabilities: the chance of every count that is no likelier than
 * the one seen.
 *
 * @source R `binom.test`, scipy `binomtest` (same method, same tolerance of 1e-7 for ties)
 */
export function exactBinomialTest(k: number, n: number, p = 0.5): number {
  const limit = binomialChance(k, n, p) * (1 + 1e-7);
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const chance = binomialChance(i, n, p);
    if (chance <= limit) sum += chance;
  }
  return Math.min(1, sum);
}

/** The smallest count above n/2 that differs from chance (one half) at the two-sided level; n + 1 where none does. */
export function smallestSignificantCount(n: number, level = 0.05): number {
  let tail = 0;
  let k = n + 1;
  while (k - 1 > n / 2) {
    tail += binomialChance(k - 1, n, 0.5);
    if (2 * tail > level) break;
    k -= 1;
  }
  return k;
}
