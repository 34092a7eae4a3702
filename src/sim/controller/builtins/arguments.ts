import type { DhParameters } from "../../../kinematics/dh.ts";
import { inverseKinematics, unwrapNear } from "../../../kinematics/inverse.ts";
import type { Joints } from "../../../math/joints.ts";
import { compose, fromUrPose, type Pose as FramePose, type UrPose } from "../../../math/pose.ts";
import type { Vec3 } from "../../../math/vec.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { BuiltinParameter } from "../../urscript/script-host.ts";
import { expectNumber, expectNumbers, expectPose } from "../../urscript/values/expect.ts";
import type { Result, Value } from "../../urscript/values/value.ts";
import { JOINT_RANGE_RAD } from "../motion/joint-limits.ts";

/** A parameter that may be left out. */
export const optional = (name: string, value: Value): BuiltinParameter => ({ name, default: value });

/** Six joint angles in the arm's range [rad]. */
export function jointsArgument(value: Result, what: string): Joints {
  const q_rad = expectNumbers(value, what, 6);
  q_rad.forEach((q, i) => {
    if (!(Math.abs(q) <= JOINT_RANGE_RAD))
      throw new ScriptFault(
        `${what}: joint ${i} at ${q} rad is outside its range of ±${JOINT_RANGE_RAD} rad`,
      );
  });
  return [...q_rad] as unknown as Joints;
}

export const urPose = (value: Result, what: string): UrPose =>
  [...expectPose(value, what).items] as unknown as UrPose;

/** A number above zero. */
export function positive(value: Result, what: string): number {
  const number = expectNumber(value, what);
  if (!(number > 0) || !Number.isFinite(number))
    throw new ScriptFault(`${what} must be above 0, not ${number}`);
  return number;
}

/** A number that is not below zero. */
export function atLeastZero(value: Result, what: string): number {
  const number = expectNumber(value, what);
  if (!(number >= 0) || !Number.isFinite(number))
    throw new ScriptFault(`${what} must not be below 0, as ${number} is`);
  return number;
}

export function vec3(value: Result, what: string): Vec3 {
  const [x, y, z] = expectNumbers(value, what, 3);
  return [x!, y!, z!];
}

/** The joints nearest to `near_rad` that put the TCP there; undefined when it is out of reach. */
export function jointsForPose(
  dh: DhParameters,
  tcpPose: UrPose,
  X_TF: FramePose<"T", "F">,
  near_rad: ArrayLike<number>,
): Joints | undefined {
  const X_BF = compose(fromUrPose("B", "T", tcpPose), X_TF);
  let best: Joints | undefined;
  let least = Infinity;
  for (const found of inverseKinematics(dh, X_BF)) {
    const q_rad = unwrapNear(found, near_rad as unknown as Joints);
    const way = q_rad.reduce((sum, q, i) => sum + (q - near_rad[i]!) ** 2, 0);
    if (way < least) [best, least] = [q_rad, way];
  }
  return best;
}
