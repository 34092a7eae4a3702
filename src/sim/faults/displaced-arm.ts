import type { DhParameters } from "../../kinematics/dh.ts";
import type { Joints } from "../../math/joints.ts";
import { seededRandom } from "../../math/random.ts";

/** Largest error of each length and angle. @source a real UR5e's factory corrections: about 1 mm and 0.25° at the tool */
const [LENGTH_M, ANGLE_RAD] = [4e-4, 1.5e-3];

/**
 * An arm as another day's production would have made it: every length and angle a little off. Its controller knows;
 * a host that counts on other kinematics is off at the tool by about a millimetre.
 */
export function displacedArm(
  { thetaOffset_rad, a_m, d_m, alpha_rad }: DhParameters,
  seed: number,
): DhParameters {
  const random = seededRandom(seed);
  const off = (values: Joints, most: number): Joints =>
    values.map((value) => value + most * (2 * random() - 1)) as unknown as Joints;
  return {
    thetaOffset_rad: off(thetaOffset_rad, ANGLE_RAD),
    a_m: off(a_m, LENGTH_M),
    d_m: off(d_m, LENGTH_M),
    alpha_rad: off(alpha_rad, ANGLE_RAD),
  };
}
