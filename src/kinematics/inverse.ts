import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import { multiplyTransposed, toRotvec } from "../math/rotation.ts";
import { solveInPlace } from "../math/solve.ts";
import { norm, sub, type Vec3 } from "../math/vec.ts";
import { closedFormInverse } from "./closed-form.ts";
import type { DhParameters } from "./dh.ts";
import { flangeAndJacobian, forwardKinematics } from "./forward.ts";

/** A pose the arm cannot take, and by how much the best try missed. */
export interface Unreachable {
  readonly kind: "unreachable";
  readonly positionErrorM: number;
  readonly angleError_rad: number;
}

const POSITION_TOLERANCE_M = 1e-11;
const ANGLE_TOLERANCE_RAD = 1e-11;
const MAX_ITERATIONS = 12;

/** Scratch of one call of `refine`, so that planning makes no garbage here: joints, Newton's step, the Jacobian. */
const q = new Float64Array(6);
const step = new Float64Array(6);
const J = new Float64Array(36);

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
  q.set(seed);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const at = flangeAndJacobian(dh, q, J);
    const e_m = sub(X_BF.p_m, at.p_m);
    const e_rad = rotationError(at, X_BF);
    if (norm(e_m) < POSITION_TOLERANCE_M && norm(e_rad) < ANGLE_TOLERANCE_RAD)
      return [...q] as unknown as Joints;
    for (let i = 0; i < 3; i++) {
      step[i] = e_m[i]!;
      step[3 + i] = e_rad[i]!;
    }
    if (!solveInPlace(J, step)) return undefined;
    let largest = 0;
    for (let i = 0; i < 6; i++) largest = Math.max(largest, Math.abs(step[i]!));
    const damp = largest > 0.3 ? 0.3 / largest : 1;
    for (let i = 0; i < 6; i++) q[i]! += damp * step[i]!;
  }
  // Rounding in kinematics with d of hundreds of metres can hold the last step just above the tolerance.
  const miss = poseError(forwardKinematics(dh, q), X_BF);
  return miss.positionErrorM < 1e-8 && miss.angleError_rad < 1e-8 ? ([...q] as unknown as Joints) : undefined;
}

/** How far apart two flange poses are. */
export function poseError(
  a: Pose<"B", "F">,
  b: Pose<"B", "F">,
): { positionErrorM: number; angleError_rad: number } {
  return { positionErrorM: norm(sub(a.p_m, b.p_m)), angleError_rad: norm(rotationError(a, b)) };
}

/** Rotation vector from `from` to `to`, in the base [rad]. */
const rotationError = (from: Pose<"B", "F">, to: Pose<"B", "F">): Vec3 =>
  toRotvec(multiplyTransposed(to.R, from.R));

/** The same angle in (−π, π]. */
export const wrap = (angle_rad: number): number => {
  const turned = angle_rad - 2 * Math.PI * Math.round(angle_rad / (2 * Math.PI));
  return turned <= -Math.PI ? turned + 2 * Math.PI : turned;
};

/** `q` with whole turns added to each joint so that it lies nearest to `reference`. */
export const unwrapNear = (q: Joints, reference: Joints): Joints =>
  q.map((v, i) => reference[i]! + wrap(v - reference[i]!)) as unknown as Joints;
