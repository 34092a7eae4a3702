import type { DhParameters } from "../../src/kinematics/dh.ts";
import { jacobianAt, jointAxes } from "../../src/kinematics/forward.ts";
import { urdfOf } from "../../src/kinematics/urdf.ts";
import type { Joints } from "../../src/math/joints.ts";

/** An arm as URDF, with flange and Jacobian in many configurations. */
export function armCases(name: string, dh: DhParameters, random: () => number) {
  const cases = Array.from({ length: 300 }, () => {
    const q_rad = Array.from({ length: 6 }, () => 2 * Math.PI * (2 * random() - 1)) as unknown as Joints;
    const { axes, X_BF } = jointAxes(dh, q_rad);
    return { q_rad, p_m: X_BF.p_m, R: X_BF.R, jacobian: [...jacobianAt(axes, X_BF.p_m)] };
  });
  return { name, urdf: urdfOf(dh), cases };
}
