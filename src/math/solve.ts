/**
 * Solves A·x = b in place by Gaussian elimination with partial pivoting.
 *
 * Written out because the inverse kinematics runs it tens of thousands of times per plan; ml-matrix gives the same
 * numbers (test) and is used everywhere else.
 *
 * @param A [n × n] row-major; destroyed
 * @param b length n; holds x afterwards
 * @returns false if A is singular to working precision
 */
export function solveInPlace(A: Float64Array, b: Float64Array): boolean {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i * n + k]!) > Math.abs(A[pivot * n + k]!)) pivot = i;
    if (Math.abs(A[pivot * n + k]!) < 1e-14) return false;
    if (pivot !== k) swapRows(A, b, k, pivot);
    const row = k * n;
    for (let i = k + 1; i < n; i++) {
      const factor = A[i * n + k]! / A[row + k]!;
      for (let j = k + 1; j < n; j++) A[i * n + j] = A[i * n + j]! - factor * A[row + j]!;
      b[i] = b[i]! - factor * b[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let j = i + 1; j < n; j++) sum -= A[i * n + j]! * b[j]!;
    b[i] = sum / A[i * n + i]!;
  }
  return true;
}

function swapRows(A: Float64Array, b: Float64Array, r: number, s: number): void {
  const n = b.length;
  for (let j = 0; j < n; j++) swap(A, r * n + j, s * n + j);
  swap(b, r, s);
}

function swap(of: Float64Array, i: number, k: number): void {
  const held = of[i]!;
  of[i] = of[k]!;
  of[k] = held;
}
