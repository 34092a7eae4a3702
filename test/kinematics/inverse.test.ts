import { existsSync, readFileSync } from "node:fs";
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { expect, it } from "vitest";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import { forwardKinematics, jacobianAt, jointAxes } from "../../src/kinematics/forward.ts";
import { inverseKinematics, poseError, wrap } from "../../src/kinematics/inverse.ts";
import type { Joints } from "../../src/math/joints.ts";
import { compose, fromUrPose, pose, type UrPose } from "../../src/math/pose.ts";
import { seededRandom } from "../../src/math/random.ts";
import { PAPER_DH } from "../instrument/paper-arm.ts";

const PAIRS = "../shared/real-robot/taught_pose_pairs.csv";
const randomJoints = (random: () => number): Joints =>
  Array.from({ length: 6 }, () => (2 * random() - 1) * Math.PI) as unknown as Joints;

const minSigma = (J: Float64Array): number =>
  Math.min(...new SingularValueDecomposition(Matrix.from1DArray(6, 6, J)).diagonal);

it("puts the nominal flange at full stretch over the shoulder", () => {
  // All zero: arm along −x by 0.425 + 0.3922; wrist 0.1333 + 0.0996 to −y; d5 hangs down from d1: 0.1625 − 0.0997.
  const X_BF = forwardKinematics(NOMINAL_UR5E, [0, 0, 0, 0, 0, 0]);
  expect(X_BF.p_m[0]).toBeCloseTo(-0.8172, 12);
  expect(X_BF.p_m[1]).toBeCloseTo(-0.2329, 12);
  expect(X_BF.p_m[2]).toBeCloseTo(0.0628, 12);
});

it("finds eight ways to reach a pose in the middle of the workspace", () => {
  const X_BF = forwardKinematics(NOMINAL_UR5E, [0.3, -1.2, 1.5, -0.9, -1.2, 0.4]);
  expect(inverseKinematics(NOMINAL_UR5E, X_BF)).toHaveLength(8);
});

it.each([
  ["nominal", NOMINAL_UR5E],
  ["factory-calibrated", PAPER_DH],
])("returns to the joints it came from, and only to poses that fit (%s arm)", (_, dh) => {
  const random = seededRandom(1);
  for (let round = 0; round < 500; round++) {
    const q = randomJoints(random);
    const { axes, X_BF } = jointAxes(dh, q);
    if (minSigma(jacobianAt(axes, X_BF.p_m)) < 0.03) continue; // next to a singularity branches meet
    const solutions = inverseKinematics(dh, X_BF);
    const nearest = Math.min(
      ...solutions.map((s) => Math.max(...s.map((v, i) => Math.abs(wrap(v - q[i]!))))),
    );
    expect(nearest, `round ${round}: ${q.join(" ")}`).toBeLessThan(1e-6);
    for (const s of solutions)
      expect(poseError(forwardKinematics(dh, s), X_BF).positionErrorM).toBeLessThan(1e-8);
  }
});

it("has a Jacobian that agrees with central differences", () => {
  const random = seededRandom(2);
  const h = 1e-6;
  for (let round = 0; round < 20; round++) {
    const q = randomJoints(random);
    const { axes, X_BF } = jointAxes(PAPER_DH, q);
    const J = jacobianAt(axes, X_BF.p_m);
    for (let j = 0; j < 6; j++) {
      const moved = (d: number) =>
        forwardKinematics(
          PAPER_DH,
          q.map((v, i) => (i === j ? v + d : v)),
        ).p_m;
      const [plus, minus] = [moved(h), moved(-h)];
      for (let row = 0; row < 3; row++)
        expect(J[row * 6 + j]).toBeCloseTo((plus[row]! - minus[row]!) / (2 * h), 6);
    }
  }
});

it.skipIf(!existsSync(PAIRS))("reproduces the real robot's taught poses (skipped without ../shared)", () => {
  const rows = readFileSync(PAIRS, "utf8").trim().split("\n").slice(1);
  expect(rows).toHaveLength(50);
  for (const row of rows) {
    const v = row.split(",").slice(1).map(Number);
    const q = v.slice(6, 12) as unknown as Joints;
    const X_FT = pose("F", "T", [v[12]!, v[13]!, v[14]!]);
    const taught = fromUrPose("B", "T", v.slice(0, 6) as unknown as UrPose);
    const X_BF = forwardKinematics(PAPER_DH, q);
    const X_BT = compose(X_BF, X_FT);
    const miss = poseError({ ...X_BT, to: "F" }, { ...taught, to: "F" });
    expect(miss.positionErrorM, row).toBeLessThan(1e-9);
    expect(miss.angleError_rad, row).toBeLessThan(1e-9);
    const nearest = Math.min(
      ...inverseKinematics(PAPER_DH, X_BF).map((s) =>
        Math.max(...s.map((x, i) => Math.abs(wrap(x - q[i]!)))),
      ),
    );
    expect(nearest, row).toBeLessThan(1e-6);
  }
});
