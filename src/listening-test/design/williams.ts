/**
 * Orders of n things such that each stands in each place equally often and follows each other equally often: n rows for
 * even n, 2n for odd n.
 *
 * @source Williams, Australian Journal of Scientific Research 2 (1949)
 */
export function williamsRows(n: number): readonly (readonly number[])[] {
  const zigzag = Array.from({ length: n }, (_, i) => (i % 2 === 1 ? (i + 1) / 2 : (n - i / 2) % n));
  const rows = Array.from({ length: n }, (_, row) => zigzag.map((x) => (x + row) % n));
  return n % 2 === 0 ? rows : [...rows, ...rows.map((row) => [...row].reverse())];
}
