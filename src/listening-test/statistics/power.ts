import { binomialRange, smallestSignificantCount } from "./binomial.ts";
import { exactEquivalence } from "./equivalence.ts";
import { inverseOf } from "./special-functions.ts";

/** Chance that n independent trials at accuracy p differ from chance at the two-sided level. */
export function powerOfTest(n: number, p: number, level = 0.05): number {
  const k = smallestSignificantCount(n, level);
  return binomialRange(k, n, n, p) + binomialRange(0, n - k, n, p);
}

/** The smallest true accuracy above one half that n trials detect with the power asked for. */
export const smallestDetectable = (n: number, power = 0.8, level = 0.05): number =>
  inverseOf((p) => powerOfTest(n, p, level), power, [0.5, 1]);

/** The counts that show equivalence within the margin; undefined where no count can. */
export function equivalentCounts(
  n: number,
  margin: number,
  level = 0.05,
): { readonly from: number; readonly to: number } | undefined {
  const shown = (k: number): boolean => exactEquivalence(k, n, margin).p <= level;
  if (!shown(Math.floor(n / 2))) return undefined;
  let from = Math.floor(n / 2);
  while (from > 0 && shown(from - 1)) from--;
  return { from, to: n - from };
}

/** Chance to show equivalence within ± margin of one half, when the truth is `p`. */
export function powerOfEquivalence(n: number, margin: number, { level = 0.05, p = 0.5 } = {}): number {
  const counts = equivalentCounts(n, margin, level);
  return counts === undefined ? 0 : binomialRange(counts.from, counts.to, n, p);
}

/**
 * The smallest n from which on the power stays at least as asked (power of a counting test goes up in saw teeth), up
 * to `most`; undefined where none does.
 */
export function smallestLastingN(
  powerAt: (n: number) => number,
  power: number,
  most = 20000,
): number | undefined {
  // Within one tooth the power moves less than this many steps around the smooth trend.
  const WINDOW = 24;
  const lasts = (n: number): boolean => {
    for (let i = 0; i < WINDOW; i++) if (powerAt(n + i) < power) return false;
    return true;
  };
  let high = 4;
  while (high < most && !lasts(high)) high = Math.ceil(high * 1.3);
  if (high >= most) return undefined;
  let low = Math.floor(high / 1.3) - WINDOW;
  low = Math.max(2, low);
  for (let n = low; n <= high; n++) if (lasts(n)) return n;
  return high;
}

/**
 * How many more answers are needed because those of one person hang together.
 *
 *     1 + (m − 1)·ICC
 *
 * @source Kish, Survey Sampling (1965), 8.2
 */
export const designEffect = (trialsPerPerson: number, icc: number): number => 1 + (trialsPerPerson - 1) * icc;
