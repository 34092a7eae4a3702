import { expect, it } from "vitest";
import { NOMINAL_UR5E, type DhParameters } from "../../src/kinematics/dh.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import { flangeThroughFrames, jointFrames } from "../../src/kinematics/joint-frames.ts";
import { seededRandom } from "../../src/math/random.ts";
import type { Joints } from "../../src/math/joints.ts";
import { CALIBRATED_UR5E } from "./calibrated-arm.ts";

const arms: [string, DhParameters][] = [
  ["nominal", NOMINAL_UR5E],
  ["calibrated", CALIBRATED_UR5E],
];

it.each(arms)("reaches the same flange as the DH chain, for any joints: %s arm", (_, dh) => {
  const random = seededRandom(11);
  const frames = jointFrames(dh);
  for (let round = 0; round < 1_000; round++) {
    const q = Array.from({ length: 6 }, () => (random() - 0.5) * 4 * Math.PI) as unknown as Joints;
    const [chain, X_BF] = [flangeThroughFrames(frames, q), forwardKinematics(dh, q)];
    for (let k = 0; k < 3; k++) expect(Math.abs(chain.p_m[k]! - X_BF.p_m[k]!)).toBeLessThan(1e-12);
    for (let k = 0; k < 9; k++) expect(Math.abs(chain.R[k]! - X_BF.R[k]!)).toBeLessThan(1e-12);
  }
});

it("gives the nominal arm the link frames of ur_description", () => {
  const { joints, flange } = jointFrames(NOMINAL_UR5E);
  // ur5e/default_kinematics of ur_description, by name: shoulder z, elbow x, wrist 1 x and z, wrist 2 y, wrist 3 y
  const expected = [
    [0, 0, 0.1625],
    [0, 0, 0],
    [-0.425, 0, 0],
    [-0.3922, 0, 0.1333],
    [0, -0.0997, 0],
    [0, 0.0996, 0],
  ];
  joints.forEach((joint, i) =>
    joint.p_m.forEach((value, k) => expect(value, `joint ${i}`).toBeCloseTo(expected[i]![k]!, 12)),
  );
  flange.p_m.forEach((value) => expect(value).toBeCloseTo(0, 12));
});

it("keeps every joint of a calibrated arm within 3 mm and 0.6 degrees of the nominal links", () => {
  const [real, nominal] = [jointFrames(CALIBRATED_UR5E).joints, jointFrames(NOMINAL_UR5E).joints];
  real.forEach((joint, i) => {
    joint.p_m.forEach((value, k) => expect(Math.abs(value - nominal[i]!.p_m[k]!)).toBeLessThan(0.003));
    joint.R.forEach((value, k) => expect(Math.abs(value - nominal[i]!.R[k]!)).toBeLessThan(0.01));
  });
});
