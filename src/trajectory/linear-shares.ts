/**
 * Shares of limits, and how each follows neighbouring control unknowns around where it was looked at; rows of flat arrays,
 * because a long piece has a hundred thousand of them.
 *
 *     share_i(away) = value_i + Σ_n slope_i[n] · away[first_i + n]
 */
export interface LinearShares {
  readonly count: number;
  /** Unknowns one share follows, at most. */
  readonly reach: number;
  /** [count] */
  readonly value: Float64Array;
  /** Unknown that a share's first slope belongs to [count]. */
  readonly first: Int32Array;
  /** [count × reach], row-major; zeros after a share's last. */
  readonly slope: Float64Array;
}

/** Shares that are being written, row by row. */
export interface GrowingShares extends LinearShares {
  count: number;
}

/** Room for `most` shares of `unknowns` control values. @param reach unknowns one share follows, at most */
export const emptyShares = (most: number, reach: number): GrowingShares => ({
  count: 0,
  reach,
  value: new Float64Array(most),
  first: new Int32Array(most),
  slope: new Float64Array(most * reach),
});

/**
 * The shares that may come to be more than `least`, in either direction, while no unknown goes farther than `mostAway` from where they
 * were looked at; the others need no more looks.
 */
export function sharesAbove(shares: LinearShares, least: number, mostAway: number): LinearShares {
  const { count, reach, value, first, slope } = shares;
  const above = emptyShares(count, reach);
  for (let share = 0; share < count; share++) {
    let most = Math.abs(value[share]!);
    for (let n = 0; n < reach; n++) most += mostAway * Math.abs(slope[share * reach + n]!);
    if (most < least) continue;
    above.value[above.count] = value[share]!;
    above.first[above.count] = first[share]!;
    for (let n = 0; n < reach; n++) above.slope[above.count * reach + n] = slope[share * reach + n]!;
    above.count++;
  }
  return above;
}

/** One share, `away` from where it was looked at. */
export function shareAt(
  { value, first, slope, reach }: LinearShares,
  share: number,
  away: Float64Array,
): number {
  const [from, row] = [first[share]!, share * reach];
  const last = Math.min(reach, away.length - from);
  let sum = value[share]!;
  for (let n = 0; n < last; n++) sum += slope[row + n]! * away[from + n]!;
  return sum;
}

/** A share's slopes, as far as there are unknowns. */
export const slopesOf = (
  { first, slope, reach }: LinearShares,
  share: number,
  unknowns: number,
): Float64Array => slope.subarray(share * reach, share * reach + Math.min(reach, unknowns - first[share]!));
