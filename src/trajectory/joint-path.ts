import type { DhParameters } from "../kinematics/dh.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { inverseKinematics, poseError, refine, unwrapNear } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";

/** Largest step between neighbouring samples that still is the same branch [rad]. */
const MAX_STEP_RAD = 0.2;

/** Joints along a path of flange poses, sampled evenly, on one branch throughout. */
export interface JointPath {
  readonly count: number;
  /** [count × 6] row-major. */
  readonly q_rad: Float64Array;
}

/**
 * Follows a path of flange poses with the branch of joints nearest to `near`.
 *
 * @param flangeAt pose of sample i
 * @returns refusal: the first sample that cannot be reached, and by how much it is missed
 */
export function followPath(
  dh: DhParameters,
  path: { readonly count: number; flangeAt(sample: number): Pose<"B", "F"> },
  near: Joints,
): Outcome<JointPath, { readonly sample: number; readonly missM: number }> {
  const q_rad = new Float64Array(path.count * 6);
  let previous = near;
  let before = near;
  for (let sample = 0; sample < path.count; sample++) {
    const X_BF = path.flangeAt(sample);
    const ahead = previous.map((v, j) => (sample < 2 ? v : 2 * v - before[j]!)) as unknown as Joints;
    const q = sample === 0 ? firstBranch(dh, X_BF, near) : refine(dh, X_BF, ahead);
    if (!q) return refuse({ sample, missM: poseError(forwardKinematics(dh, previous), X_BF).positionErrorM });
    if (sample > 0 && q.some((v, j) => Math.abs(v - previous[j]!) > MAX_STEP_RAD))
      return refuse({ sample, missM: 0 });
    q_rad.set(q, sample * 6);
    [before, previous] = [previous, q];
  }
  return ok({ count: path.count, q_rad });
}

function firstBranch(dh: DhParameters, X_BF: Pose<"B", "F">, near: Joints): Joints | undefined {
  const away = (q: Joints): number => Math.max(...q.map((v, j) => Math.abs(v - near[j]!)));
  return inverseKinematics(dh, X_BF)
    .map((q) => unwrapNear(q, near))
    .sort((a, b) => away(a) - away(b))[0];
}
