import { norm, scale, type Vec3 } from "./vec.ts";

/** 3×3 rotation, row-major, dimensionless. */
// prettier-ignore
export type Mat3 = readonly [
  number, number, number,
  number, number, number,
  number, number, number,
];

export const IDENTITY: Mat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Planning does this millions of times: taking the arrays apart by name would cost three times as much. */
// prettier-ignore
export const multiply = (A: Mat3, B: Mat3): Mat3 => [
  A[0] * B[0] + A[1] * B[3] + A[2] * B[6], A[0] * B[1] + A[1] * B[4] + A[2] * B[7], A[0] * B[2] + A[1] * B[5] + A[2] * B[8],
  A[3] * B[0] + A[4] * B[3] + A[5] * B[6], A[3] * B[1] + A[4] * B[4] + A[5] * B[7], A[3] * B[2] + A[4] * B[5] + A[5] * B[8],
  A[6] * B[0] + A[7] * B[3] + A[8] * B[6], A[6] * B[1] + A[7] * B[4] + A[8] * B[7], A[6] * B[2] + A[7] * B[5] + A[8] * B[8],
];

/** A·Bᵀ */
// prettier-ignore
export const multiplyTransposed = (A: Mat3, B: Mat3): Mat3 => [
  A[0] * B[0] + A[1] * B[1] + A[2] * B[2], A[0] * B[3] + A[1] * B[4] + A[2] * B[5], A[0] * B[6] + A[1] * B[7] + A[2] * B[8],
  A[3] * B[0] + A[4] * B[1] + A[5] * B[2], A[3] * B[3] + A[4] * B[4] + A[5] * B[5], A[3] * B[6] + A[4] * B[7] + A[5] * B[8],
  A[6] * B[0] + A[7] * B[1] + A[8] * B[2], A[6] * B[3] + A[7] * B[4] + A[8] * B[5], A[6] * B[6] + A[7] * B[7] + A[8] * B[8],
];

export const transpose = (R: Mat3): Mat3 => [R[0], R[3], R[6], R[1], R[4], R[7], R[2], R[5], R[8]];

export const rotate = (R: Mat3, v: Vec3): Vec3 => [
  R[0] * v[0] + R[1] * v[1] + R[2] * v[2],
  R[3] * v[0] + R[4] * v[1] + R[5] * v[2],
  R[6] * v[0] + R[7] * v[1] + R[8] * v[2],
];

/** Rᵀ·v */
export const rotateInverse = (R: Mat3, v: Vec3): Vec3 => [
  R[0] * v[0] + R[3] * v[1] + R[6] * v[2],
  R[1] * v[0] + R[4] * v[1] + R[7] * v[2],
  R[2] * v[0] + R[5] * v[1] + R[8] * v[2],
];

/** Matrix whose columns are three orthonormal vectors. */
export const fromColumns = (x: Vec3, y: Vec3, z: Vec3): Mat3 => [
  x[0],
  y[0],
  z[0],
  x[1],
  y[1],
  z[1],
  x[2],
  y[2],
  z[2],
];

/** Column `i` of R. */
export const column = (R: Mat3, i: 0 | 1 | 2): Vec3 => [R[i], R[(i + 3) as 3], R[(i + 6) as 6]];

/**
 * Rotation by a rotation vector (axis times angle, as in a UR pose `p[x,y,z,rx,ry,rz]`).
 *
 *     R = I + sin θ · K + (1 − cos θ) · K²     (Rodrigues)
 *
 * @param rotvec_rad axis · angle [rad]
 */
export function fromRotvec(rotvec_rad: Vec3): Mat3 {
  const angle = norm(rotvec_rad);
  if (angle < 1e-12) return skewPlusIdentity(rotvec_rad);
  const [x, y, z] = scale(rotvec_rad, 1 / angle);
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  const t = 1 - c;
  // prettier-ignore
  return [
    c + t * x * x, t * x * y - s * z, t * x * z + s * y,
    t * x * y + s * z, c + t * y * y, t * y * z - s * x,
    t * x * z - s * y, t * y * z + s * x, c + t * z * z,
  ];
}

const skewPlusIdentity = ([x, y, z]: Vec3): Mat3 => [1, -z, y, z, 1, -x, -y, x, 1];

/** Rotation vector of R, angle in [0, π] [rad]. Exact to rounding at 0 and at π. */
export function toRotvec(R: Mat3): Vec3 {
  const axisSin: Vec3 = [R[7] - R[5], R[2] - R[6], R[3] - R[1]]; // 2 sin θ · axis
  const sin2 = norm(axisSin);
  const angle = Math.atan2(sin2, R[0] + R[4] + R[8] - 1);
  if (sin2 > 1e-6) return scale(axisSin, angle / sin2);
  if (angle < 1) return scale(axisSin, 0.5);
  return axisNearHalfTurn(R, axisSin, angle);
}

/** Near θ = π the axis comes from the largest diagonal of (R + I)/2 = axis·axisᵀ. */
function axisNearHalfTurn(R: Mat3, axisSin: Vec3, angle: number): Vec3 {
  const diagonal = [R[0], R[4], R[8]];
  const k = diagonal.indexOf(Math.max(...diagonal));
  const row = [R[3 * k]!, R[3 * k + 1]!, R[3 * k + 2]!];
  const col = [R[k]!, R[k + 3]!, R[k + 6]!];
  const v = row.map((r, i) => (r + col[i]!) / 2 + (i === k ? 1 : 0)) as unknown as Vec3;
  const length = norm(v);
  const sign = axisSin[0] * v[0] + axisSin[1] * v[1] + axisSin[2] * v[2] < 0 ? -1 : 1;
  return scale(v, (sign * angle) / length);
}

/** Angle between two rotations, in [0, π] [rad]. */
export const angleBetween = (A: Mat3, B: Mat3): number => norm(toRotvec(multiply(transpose(A), B)));

/** Turns from A to B at constant rate about a fixed axis; k = 0 gives A, k = 1 gives B, k may lie outside. */
export const slerp = (A: Mat3, B: Mat3, k: number): Mat3 =>
  multiply(A, fromRotvec(scale(toRotvec(multiply(transpose(A), B)), k)));
