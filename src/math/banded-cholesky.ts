/**
 * Solves A·x = b for a symmetric positive definite band matrix, in place.
 *
 * @param band lower band of A, row by row: entry (i, i − k) at `i · (width + 1) + k`, k = 0 … width; destroyed
 * @param b length n; holds x afterwards
 * @returns false where A is not positive definite
 */
export function solveBandedInPlace(band: Float64Array, width: number, b: Float64Array): boolean {
  const [n, stride] = [b.length, width + 1];
  for (let i = 0; i < n; i++) {
    for (let k = Math.min(width, i); k >= 0; k--) {
      const j = i - k;
      let sum = band[i * stride + k]!;
      for (let m = Math.max(0, i - width, j - width); m < j; m++)
        sum -= band[i * stride + (i - m)]! * band[j * stride + (j - m)]!;
      if (k > 0) band[i * stride + k] = sum / band[j * stride]!;
      else if (sum > 0) band[i * stride] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let m = Math.max(0, i - width); m < i; m++) b[i]! -= band[i * stride + (i - m)]! * b[m]!;
    b[i]! /= band[i * stride]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    b[i]! /= band[i * stride]!;
    for (let m = Math.max(0, i - width); m < i; m++) b[m]! -= band[i * stride + (i - m)]! * b[i]!;
  }
  return true;
}
