import { solveBandedInPlace } from "./banded-cholesky.ts";

/** Normal equations of a least-squares problem whose rows reach over few neighbouring unknowns. */
export interface Normal {
  readonly width: number;
  readonly band: Float64Array;
  readonly right: Float64Array;
}

/** @param width farthest two unknowns of one row may be apart */
export const makeNormal = (unknowns: number, width: number): Normal => ({
  width,
  band: new Float64Array(unknowns * (width + 1)),
  right: new Float64Array(unknowns),
});

/** Adds weight · (row · x + value)². @param first the unknown that `row[0]` belongs to */
export function addSquare(
  { width, band, right }: Normal,
  first: number,
  row: Float64Array,
  value: number,
  weight: number,
): void {
  for (let a = 0; a < row.length; a++) {
    const scaled = weight * row[a]!;
    if (scaled === 0) continue;
    right[first + a]! -= scaled * value;
    const at = (first + a) * (width + 1) + a;
    for (let b = 0; b <= a; b++) band[at - b]! += scaled * row[b]!;
  }
}

/** The unknowns that make the sum least, or undefined where the rows do not hold them. Destroys `normal`. */
export const solveNormal = ({ width, band, right }: Normal): Float64Array | undefined =>
  solveBandedInPlace(band, width, right) ? right : undefined;
