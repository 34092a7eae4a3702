import type { Instrument } from "../instrument/instrument.ts";
import { inverseKinematics, unwrapNear } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";

/** The branch of joints nearest to the parked pose, if the arm can reach the pose at all. */
export function firstBranch(
  { dh, parked_rad }: Pick<Instrument, "dh" | "parked_rad">,
  X_BF: Pose<"B", "F">,
): Joints | undefined {
  const away = (q: Joints): number => Math.max(...q.map((v, j) => Math.abs(v - parked_rad[j]!)));
  return inverseKinematics(dh, X_BF)
    .map((q) => unwrapNear(q, parked_rad))
    .sort((a, b) => away(a) - away(b))[0];
}
