import { expect, it } from "vitest";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import { jointFrames } from "../../src/kinematics/joint-frames.ts";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import { angleBetween, multiply, rotate, type Mat3 } from "../../src/math/rotation.ts";
import { add, norm, sub, type Vec3 } from "../../src/math/vec.ts";
import { seededRandom } from "../../src/math/random.ts";
import type { TransformStamped } from "../../src/ros/interfaces/generated/geometry_msgs.ts";
import { jointTransforms, staticTransforms } from "../../src/scene-view/transforms.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";

const { instrument } = await loadInstrument("reference");
const frames = jointFrames(instrument.dh);

/** A quaternion's rotation, written out anew. */
const matrixOf = ({ x, y, z, w }: TransformStamped["transform"]["rotation"]): Mat3 => [
  1 - 2 * (y * y + z * z),
  2 * (x * y - z * w),
  2 * (x * z + y * w),
  2 * (x * y + z * w),
  1 - 2 * (x * x + z * z),
  2 * (y * z - x * w),
  2 * (x * z - y * w),
  2 * (y * z + x * w),
  1 - 2 * (x * x + y * y),
];

/** Pose of a frame in another, by walking the tree up as tf2 does. */
function look(transforms: readonly TransformStamped[], target: string, source: string): { p: Vec3; R: Mat3 } {
  let [p, R]: [Vec3, Mat3] = [
    [0, 0, 0],
    [1, 0, 0, 0, 1, 0, 0, 0, 1],
  ];
  for (let frame = source; frame !== target;) {
    const step = transforms.find(({ child_frame_id }) => child_frame_id === frame);
    if (!step) throw new Error(`${frame} has no parent`);
    const { translation: t, rotation } = step.transform;
    const up = matrixOf(rotation);
    p = add([t.x, t.y, t.z], rotate(up, p));
    R = multiply(up, R);
    frame = step.header.frame_id;
  }
  return { p, R };
}

it("puts flange, frog and cello where kinematics and calibration have them, in any posture", () => {
  const random = seededRandom(5);
  for (let round = 0; round < 200; round++) {
    const q_rad = Array.from({ length: 6 }, () => (random() - 0.5) * 2 * Math.PI);
    const tree = [...staticTransforms(instrument, frames, 0n), ...jointTransforms(frames, q_rad, 0n)];
    const X_BF = forwardKinematics(instrument.dh, q_rad);
    const flange = look(tree, "base", "base");
    expect(flange.p).toEqual([0, 0, 0]);
    const tool0 = look(tree, "world", "tool0");
    expect(norm(sub(tool0.p, X_BF.p_m)), `round ${round}`).toBeLessThan(1e-9);
    expect(angleBetween(tool0.R, X_BF.R)).toBeLessThan(1e-7);
    const { hair } = instrument;
    const tip = look(tree, "tool0", "hair_tip");
    const wanted = add(hair.frog_F_m, hair.axis_F.map((x) => x * hair.lengthM) as unknown as Vec3);
    expect(norm(sub(tip.p, wanted))).toBeLessThan(1e-12);
    expect(norm(sub(look(tree, "world", "cello").p, instrument.X_BC.p_m))).toBeLessThan(1e-12);
  }
});

it("gives every frame one parent and one root, world", () => {
  const tree = [
    ...staticTransforms(instrument, frames, 0n),
    ...jointTransforms(jointFrames(NOMINAL_UR5E), [0, 0, 0, 0, 0, 0], 0n),
  ];
  const children = tree.map(({ child_frame_id }) => child_frame_id);
  expect(new Set(children).size).toBe(children.length);
  const roots = new Set(
    tree.map(({ header }) => header.frame_id).filter((frame) => !children.includes(frame)),
  );
  expect([...roots]).toEqual(["world"]);
});
