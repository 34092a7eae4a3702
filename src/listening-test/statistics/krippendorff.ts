export type AlphaLevel = "nominal" | "ordinal" | "interval";

/**
 * Krippendorff's α: how far raters agree beyond chance; 1 perfect, 0 chance.
 *
 *     α = 1 − (n − 1) · Σ_u [1/(m_u − 1)] Σ_{c<k} o_uck δ²(c, k) / Σ_{c<k} n_c n_k δ²(c, k)
 *
 * @param units the values that one stimulus got, one from each rater who judged it; units with fewer than two do not count
 * @returns NaN where all values are equal or nothing can be compared
 * @source Krippendorff, Content Analysis, 3rd ed., ch. 12 (coincidence matrices; δ² ordinal by marginal sums)
 */
export function krippendorffAlpha(units: readonly (readonly number[])[], level: AlphaLevel): number {
  const pairable = units.filter((unit) => unit.length > 1);
  const values = [...new Set(pairable.flat())].sort((a, b) => a - b);
  const total = values.map((v) => pairable.reduce((sum, unit) => sum + count(unit, v), 0));
  const n = total.reduce((sum, c) => sum + c, 0);
  const distance = distanceOf(level, values, total);
  let observed = 0;
  for (const unit of pairable) {
    const counts = values.map((v) => count(unit, v));
    observed += sumOverPairs(counts, distance) / (unit.length - 1);
  }
  const expected = sumOverPairs(total, distance);
  return 1 - ((n - 1) * observed) / expected;
}

const count = (unit: readonly number[], value: number): number => unit.filter((v) => v === value).length;

function sumOverPairs(counts: readonly number[], distance: (c: number, k: number) => number): number {
  let sum = 0;
  for (let c = 0; c < counts.length; c++)
    for (let k = c + 1; k < counts.length; k++) sum += counts[c]! * counts[k]! * distance(c, k);
  return sum;
}

/** δ² between two values by their places in the sorted list. */
function distanceOf(
  level: AlphaLevel,
  values: readonly number[],
  total: readonly number[],
): (c: number, k: number) => number {
  if (level === "nominal") return () => 1;
  if (level === "interval") return (c, k) => (values[c]! - values[k]!) ** 2;
  return (c, k) => {
    const between = total.slice(c, k + 1).reduce((sum, x) => sum + x, 0);
    return (between - (total[c]! + total[k]!) / 2) ** 2;
  };
}
