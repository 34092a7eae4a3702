import type { Joints } from "../math/joints.ts";
import type { Vec3 } from "../math/vec.ts";

/** What one link weighs and how it resists turning, in the link frame of `jointFrames`. */
export interface LinkInertia {
  /** Name in ur_description. */
  readonly name: string;
  readonly massKg: number;
  /** Centre of mass in the link frame [m]. */
  readonly centre_m: Vec3;
  /** Principal inertia about the centre, axes along the link frame [kg m²]. */
  readonly inertiaKgm2: Vec3;
}

/**
 * The six moving links, base to wrist 3.
 *
 * @source masses and centres: Universal Robots, "DH parameters for calculations of kinematics and dynamics"; its
 *   centres stand in DH frame i and are moved here into the link frame. Inertias: ur_description, ur5e.
 * @assumed the small principal inertia lies along the casing of each link (x for the two arms, z for the others)
 */
export const UR5E_LINKS: readonly LinkInertia[] = [
  link("shoulder_link", 3.761, [0, -0.00193, -0.02561], [0.0102675, 0.0102675, 0.00666]),
  link("upper_arm_link", 8.058, [-0.2125, 0, 0.11336], [0.0151074, 0.13388584, 0.13388584]),
  link("forearm_link", 2.846, [-0.2422, 0, 0.0265], [0.004095, 0.03120937, 0.03120937]),
  link("wrist_1_link", 1.37, [0, -0.01634, -0.0018], [0.0025599, 0.0025599, 0.0021942]),
  link("wrist_2_link", 1.3, [0, 0.01634, -0.0018], [0.0025599, 0.0025599, 0.0021942]),
  link("wrist_3_link", 0.365, [0, 0, -0.001159], [9.8904e-5, 9.8904e-5, 1.32117e-4]),
];

/** Largest joint torque [Nm]. @source Universal Robots, "Max. joint torques", e-Series */
export const UR5E_TORQUE_LIMIT_NM: Joints = [150, 150, 150, 28, 28, 28];

/** Largest joint speed [rad/s], 180 °/s on every joint. @source UR5e data sheet; ur_description rounds to 3.14 */
export const UR5E_SPEED_LIMIT_RADPS = 3.14;

/** Joint range, both ways [rad], 360°. @source UR5e data sheet */
export const UR5E_RANGE_RAD = 2 * Math.PI;

function link(name: string, massKg: number, centre_m: Vec3, inertiaKgm2: Vec3): LinkInertia {
  return { name, massKg, centre_m, inertiaKgm2 };
}
