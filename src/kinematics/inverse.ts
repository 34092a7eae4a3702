import { jointsAt, type Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import { multiplyTransposed, toRotvec, type Mat3 } from "../math/rotation.ts";
import { solveInPlace } from "../math/solve.ts";
import { norm, sub } from "../math/vec.ts";
import { closedFormInverse } from "./closed-form.ts";
import type { DhParameters } from "./dh.ts";
import { forwardKinematics, writeFlangeAndJacobian } from "./forward.ts";

/** A pose the arm cannot take, and by how much the best try missed. */
export interface Unreachable {
  readonly kind: "unreachable";
  readonly positionErrorM: number;
  readonly angleError_rad: number;
}

const POSITION_TOLERANCE_M = 1e-11;
const ANGLE_TOLERANCE_RAD = 1e-11;
const MAX_ITERATIONS = 12;

/** Scratch of one call of `refine`, so that planning makes no garbage here: joints, Newton's step, the Jacobian, the flange. */
const q = new Float64Array(6);
const step = new Float64Array(6);
const J = new Float64Array(36);
const X = new Float64Array(12);

/**
 * Every joint configuration (up to eight) that puts the flange at `X_BF`.
 *
 * The nominal closed form gives the branches; Newton's method carries each onto this arm's factory kinematics.
 *
 * @returns angles in (−π, π]; empty when the pose is out of reach
 */
export function inverseKinematics(dh: DhParameters, X_BF: Pose<"B", "F">): readonly Joints[] {
  const found: Joints[] = [];
  for (const seed of closedFormInverse(X_BF)) {
    const refined = refine(dh, X_BF, seed);
    if (refined && !found.some((q) => q.every((v, i) => Math.abs(wrap(v - refined[i]!)) < 1e-6)))
      found.push(refined.map(wrap) as unknown as Joints);
  }
  return found;
}

/**
 * The joint configuration nearest to `seed` on its branch, by Newton's method.
 *
 * @returns angles continuous with `seed` (not wrapped), or undefined where Newton does not arrive
 */
export function refine(dh: DhParameters, X_BF: Pose<"B", "F">, seed: Joints): Joints | undefined {
  for (let j = 0; j < 6; j++) q[j] = seed[j]!;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    writeFlangeAndJacobian(dh, q, J, X);
    writeError(X, X_BF, step);
    if (lengthAt(step, 0) < POSITION_TOLERANCE_M && lengthAt(step, 3) < ANGLE_TOLERANCE_RAD)
      return jointsAt(q, 0);
    if (!solveInPlace(J, step)) return undefined;
    let largest = 0;
    for (let i = 0; i < 6; i++) largest = Math.max(largest, Math.abs(step[i]!));
    const damp = largest > 0.3 ? 0.3 / largest : 1;
    for (let i = 0; i < 6; i++) q[i]! += damp * step[i]!;
  }
  // Rounding in kinematics with d of hundreds of metres can hold the last step just above the tolerance.
  const miss = poseError(forwardKinematics(dh, q), X_BF);
  return miss.positionErrorM < 1e-8 && miss.angleError_rad < 1e-8 ? jointsAt(q, 0) : undefined;
}

/**
 * The way and the rotation vector from a flange to a pose: `poseError` before its lengths are taken, written out for the same reason as
 * the scratch.
 *
 * @param from rotation, row-major, then origin [12]
 * @param error receives both [m, rad]
 */
function writeError(from: Float64Array, { p_m, R }: Pose<"B", "F">, error: Float64Array): void {
  error[0] = p_m[0] - from[9]!;
  error[1] = p_m[1] - from[10]!;
  error[2] = p_m[2] - from[11]!;
  // Of R · fromᵀ: its diagonal, and its skew part, which is 2 sin θ · axis.
  const cos2 = dotRows(R, 0, from, 0) + dotRows(R, 3, from, 3) + dotRows(R, 6, from, 6) - 1;
  const x = dotRows(R, 6, from, 3) - dotRows(R, 3, from, 6);
  const y = dotRows(R, 0, from, 6) - dotRows(R, 6, from, 0);
  const z = dotRows(R, 3, from, 0) - dotRows(R, 0, from, 3);
  const sin2 = Math.sqrt(x * x + y * y + z * z);
  if (sin2 <= 1e-6 && cos2 < 0.5) {
    const rotvec = toRotvec(multiplyTransposed(R, Array.from(from.subarray(0, 9)) as unknown as Mat3));
    error.set(rotvec, 3);
    return;
  }
  const perSin = sin2 > 1e-6 ? Math.atan2(sin2, cos2) / sin2 : 0.5;
  error[3] = x * perSin;
  error[4] = y * perSin;
  error[5] = z * perSin;
}

const dotRows = (A: ArrayLike<number>, a: number, B: ArrayLike<number>, b: number): number =>
  A[a]! * B[b]! + A[a + 1]! * B[b + 1]! + A[a + 2]! * B[b + 2]!;

/** Length of three numbers in a row. */
const lengthAt = (v: Float64Array, k: number): number =>
  Math.sqrt(v[k]! * v[k]! + v[k + 1]! * v[k + 1]! + v[k + 2]! * v[k + 2]!);

/** How far apart two flange poses are. */
export function poseError(
  a: Pose<"B", "F">,
  b: Pose<"B", "F">,
): { positionErrorM: number; angleError_rad: number } {
  return {
    positionErrorM: norm(sub(a.p_m, b.p_m)),
    angleError_rad: norm(toRotvec(multiplyTransposed(b.R, a.R))),
  };
}

/** The same angle in (−π, π]. */
export const wrap = (angle_rad: number): number => {
  const turned = angle_rad - 2 * Math.PI * Math.round(angle_rad / (2 * Math.PI));
  return turned <= -Math.PI ? turned + 2 * Math.PI : turned;
};

/** `q` with whole turns added to each joint so that it lies nearest to `reference`. */
export const unwrapNear = (q: Joints, reference: Joints): Joints =>
  q.map((v, i) => reference[i]! + wrap(v - reference[i]!)) as unknown as Joints;
