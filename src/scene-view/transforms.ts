import { headerAt } from "../bag/log-time.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { JointFrames } from "../kinematics/joint-frames.ts";
import { UR5E_LINKS } from "../kinematics/ur5e-links.ts";
import { fromColumns, fromRotvec, IDENTITY, multiply, type Mat3 } from "../math/rotation.ts";
import { cross, type Vec3 } from "../math/vec.ts";
import type * as geometry from "../ros/interfaces/generated/geometry_msgs.ts";
import { quaternionOf } from "./quaternion.ts";

const HALF_TURN: Mat3 = fromRotvec([0, 0, Math.PI]);
/** From tool0 (F) to the REP-103 flange frame, x forward, as in the URDF. */
const TOOL0_TO_FLANGE: Mat3 = multiply(fromRotvec([0, 0, -Math.PI / 2]), fromRotvec([0, -Math.PI / 2, 0]));

/**
 * What stands still: the world, the arm's base, the cello, and the bow on the flange. Names as in `urdf/README.md`;
 * `world` and `base` are one frame.
 *
 * @param frames joint frames of the instrument's own arm
 */
export function staticTransforms(
  { hair, X_BC }: Pick<Instrument, "hair" | "X_BC">,
  frames: JointFrames,
  timeNs: bigint,
): geometry.TransformStamped[] {
  const { frog_F_m, axis_F: along, towardString_F: down, lengthM } = hair;
  const bow = fromColumns(along, cross(down, along), down);
  const here: Vec3 = [0, 0, 0];
  return [
    transform("world", "base_link", here, HALF_TURN, timeNs),
    transform("base_link", "base", here, HALF_TURN, timeNs),
    transform("base_link", "base_link_inertia", here, HALF_TURN, timeNs),
    transform("wrist_3_link", "tool0", frames.flange.p_m, frames.flange.R, timeNs),
    transform("tool0", "flange", here, TOOL0_TO_FLANGE, timeNs),
    transform("tool0", "bow", frog_F_m, bow, timeNs),
    transform("bow", "hair_tip", [lengthM, 0, 0], IDENTITY, timeNs),
    transform("base", "cello", X_BC.p_m, X_BC.R, timeNs),
  ];
}

/** The six moving links at these joints: S_i · Rz(q_i), each in the one before it. */
export const jointTransforms = (
  frames: JointFrames,
  q_rad: ArrayLike<number>,
  timeNs: bigint,
): geometry.TransformStamped[] =>
  frames.joints.map(({ p_m, R }, i) => {
    const parent = i === 0 ? "base_link_inertia" : UR5E_LINKS[i - 1]!.name;
    const turned = multiply(R, fromRotvec([0, 0, q_rad[i]!]));
    return transform(parent, UR5E_LINKS[i]!.name, p_m, turned, timeNs);
  });

function transform(
  parent: string,
  child_frame_id: string,
  [x, y, z]: Vec3,
  R: Mat3,
  timeNs: bigint,
): geometry.TransformStamped {
  return {
    header: headerAt(timeNs, parent),
    child_frame_id,
    transform: { translation: { x, y, z }, rotation: quaternionOf(R) },
  };
}
