/** A path at even steps of its own length, and what limits the pace along it. */
export interface PacedPath {
  /** Length between neighbouring points. */
  readonly step: number;
  /** First and second derivative by the length, [n × joints]. */
  readonly slope: Float64Array;
  readonly bend: Float64Array;
  readonly joints: number;
  /** Largest |q̈| of each joint. */
  readonly acceleration: readonly number[];
  /** Largest squared pace at each point, from speed limits; length n. */
  readonly ceiling: Float64Array;
  /** Squared pace at both ends, if that much is possible; absent = at rest. */
  readonly ends?: number;
}

/** Half-plane a·u + b·x ≤ c in (u, x): path acceleration and squared pace. */
type Limit = readonly [a: number, b: number, c: number];

/**
 * The fastest pace along a path, from end to end: squared pace ṡ² at each point.
 *
 * Backward, the largest squared pace from which the rest can still be done; forward, always as fast as that allows.
 *
 *     |q'_j · s̈ + q''_j · ṡ²| ≤ a_j,   ṡ² ≤ ceiling,   ṡ²(i+1) = ṡ²(i) + 2 · step · s̈
 *
 * @source Pham, Pham: TOPP-RA, IEEE T-RO 34 (2018) 645
 */
export function fastestPace(path: PacedPath): Float64Array {
  const n = path.ceiling.length;
  const { ends = 0 } = path;
  const most = new Float64Array(n);
  most[n - 1] = Math.min(ends, path.ceiling[n - 1]!);
  for (let i = n - 2; i >= 0; i--) {
    const limits = [...limitsAt(path, i), [2 * path.step, 1, most[i + 1]!] as const];
    most[i] = largestPace(limits, path.ceiling[i]!, path.step);
  }
  const pace = new Float64Array(n);
  pace[0] = Math.min(ends, most[0]!);
  for (let i = 0; i < n - 1; i++) {
    const x = pace[i]!;
    let u = (most[i + 1]! - x) / (2 * path.step);
    for (const [a, b, c] of limitsAt(path, i)) if (a > 1e-12) u = Math.min(u, (c - b * x) / a);
    pace[i + 1] = Math.min(most[i + 1]!, Math.max(0, x + 2 * path.step * u));
  }
  return pace;
}

function limitsAt({ slope, bend, joints, acceleration }: PacedPath, i: number): Limit[] {
  const limits: Limit[] = [];
  for (let j = 0; j < joints; j++) {
    const [a, b, c] = [slope[i * joints + j]!, bend[i * joints + j]!, acceleration[j]!];
    limits.push([a, b, c], [-a, -b, c]);
  }
  return limits;
}

/** Largest x in [0, ceiling] for which some u meets all limits and x + 2·step·u ≥ 0: a corner of the half-planes. */
function largestPace(limits: readonly Limit[], ceiling: number, step: number): number {
  const all: readonly Limit[] = [...limits, [-2 * step, -1, 0], [0, 1, ceiling]];
  let best = 0;
  for (let i = 0; i < all.length; i++)
    for (let k = i + 1; k < all.length; k++) {
      const [[a, b, c], [d, e, f]] = [all[i]!, all[k]!];
      const det = a * e - b * d;
      if (Math.abs(det) < 1e-15) continue;
      const [u, x] = [(c * e - b * f) / det, (a * f - c * d) / det];
      if (x > best && all.every(([p, q, r]) => p * u + q * x <= r + 1e-9 * (1 + Math.abs(r)))) best = x;
    }
  return best;
}
