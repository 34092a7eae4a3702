import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { expect, it } from "vitest";
import { jacobianAt, jointAxes } from "../../src/kinematics/forward.ts";
import { jointsAt } from "../../src/math/joints.ts";
import { transformPoint } from "../../src/math/pose.ts";
import { smallestSigma } from "../../src/trajectory/measure-path.ts";
import { instrument } from "../performance/short-piece.ts";

/** Every joint swings by up to a radian around the parked pose, each in its own time, in 20 s. */
const wandering = Float64Array.from({ length: 2000 * 6 }, (_, k) => {
  const [j, sample] = [k % 6, Math.floor(k / 6)];
  return instrument.parked_rad[j]! + Math.sin((sample * (j + 2)) / 200) * (j === 2 ? 0.5 : 1);
});

it("finds where the arm is nearest to singular as a look at every single sample does", () => {
  const sigmas = Array.from({ length: 400 }, (_, i) => {
    const { axes, X_BF } = jointAxes(instrument.dh, jointsAt(wandering, 5 * i));
    const J = jacobianAt(axes, transformPoint(X_BF, instrument.hair.frog_F_m));
    return Math.min(...new SingularValueDecomposition(Matrix.from1DArray(6, 6, J)).diagonal);
  });
  const least = Math.min(...sigmas);
  expect(Math.max(...sigmas)).toBeGreaterThan(2 * least);
  const { sigma, sample } = smallestSigma(instrument, wandering, 5);
  expect(sample).toBe(5 * sigmas.indexOf(least));
  expect(sigma).toBeCloseTo(least, 12);
});
