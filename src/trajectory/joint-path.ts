import type { DhParameters } from "../kinematics/dh.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { poseError, refine } from "../kinematics/inverse.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { jointsAt, type Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import { firstBranch } from "./first-branch.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";

/** Largest step between neighbouring samples that still is the same branch [rad]. */
const MAX_STEP_RAD = 0.2;

/** Flange poses, sampled evenly. */
export interface PosePath {
  readonly count: number;
  readonly flangeAt: (sample: number) => Pose<"B", "F">;
}

/** The first sample the arm cannot reach, and by how much it is missed. */
export interface Missed {
  readonly sample: number;
  readonly missM: number;
}

/**
 * Follows a path of flange poses with the branch of joints nearest to the parked pose, on one branch throughout.
 *
 * @param until the last sample that is followed, and what to write into: rows after it stay; absent = everything
 * @returns joints [count × 6], row-major
 */
export function followPath(
  arm: Pick<Instrument, "dh" | "parked_rad">,
  path: PosePath,
  { q_rad, last }: { readonly q_rad: Float64Array; readonly last: number } = {
    q_rad: new Float64Array(path.count * 6),
    last: path.count - 1,
  },
): Outcome<Float64Array, Missed> {
  const X_BF = path.flangeAt(0);
  const q = firstBranch(arm, X_BF);
  if (!q) return refuse({ sample: 0, missM: missM(arm.dh, arm.parked_rad, X_BF) });
  q_rad.set(q);
  return followStretch(arm.dh, path, q_rad, { first: 1, last });
}

/**
 * Follows samples `first` to `last` of a path, from the joints before them, on their branch.
 *
 * @param q_rad [count × 6]; rows before `first` (at least one) hold joints, rows `first` to `last` are written
 * @returns `q_rad`
 */
export function followStretch(
  dh: DhParameters,
  path: PosePath,
  q_rad: Float64Array,
  { first, last }: { readonly first: number; readonly last: number },
): Outcome<Float64Array, Missed> {
  for (let sample = first; sample <= last; sample++) {
    const X_BF = path.flangeAt(sample);
    const q = refine(dh, X_BF, ahead(q_rad, sample));
    const before = (sample - 1) * 6;
    if (!q) return refuse({ sample, missM: missM(dh, jointsAt(q_rad, sample - 1), X_BF) });
    for (let j = 0; j < 6; j++) {
      if (Math.abs(q[j]! - q_rad[before + j]!) > MAX_STEP_RAD) return refuse({ sample, missM: 0 });
      q_rad[sample * 6 + j] = q[j]!;
    }
  }
  return ok(q_rad);
}

/** Where the joints will be at a sample if they go on as over the three samples before it. */
function ahead(q_rad: Float64Array, sample: number): Joints {
  const guess = [0, 0, 0, 0, 0, 0];
  const [a, b, c] = [sample - 1, Math.max(sample - 2, 0), Math.max(sample - 3, 0)];
  for (let j = 0; j < 6; j++) guess[j] = 3 * q_rad[a * 6 + j]! - 3 * q_rad[b * 6 + j]! + q_rad[c * 6 + j]!;
  return guess as unknown as Joints;
}

const missM = (dh: DhParameters, q: Joints, X_BF: Pose<"B", "F">): number =>
  poseError(forwardKinematics(dh, q), X_BF).positionErrorM;
