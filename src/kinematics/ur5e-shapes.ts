import type { Vec3 } from "../math/vec.ts";

/** A cylinder fixed to a link: enough to draw the arm and to see what it might hit. */
export interface LinkCylinder {
  /** Name of the link in ur_description. */
  readonly link: string;
  readonly centre_m: Vec3;
  /** Which axis of the link frame the cylinder lies along. */
  readonly along: "x" | "y" | "z";
  readonly radiusM: number;
  readonly lengthM: number;
}

/**
 * The arm as cylinders in the link frames of `jointFrames`.
 *
 * @source radii, lengths and offsets: measured outlines of the UR5e casings, restated; the split into cylinders is ours
 */
export const UR5E_SHAPES: readonly LinkCylinder[] = [
  cylinder("base_link_inertia", [0, 0, 0.0495], "z", { radiusM: 0.075, lengthM: 0.099 }),
  cylinder("shoulder_link", [0, 0, 0.004], "z", { radiusM: 0.06, lengthM: 0.136 }),
  cylinder("upper_arm_link", [0, 0, 0.135], "z", { radiusM: 0.06, lengthM: 0.15 }),
  cylinder("upper_arm_link", [-0.2125, 0, 0.138], "x", { radiusM: 0.054, lengthM: 0.425 }),
  cylinder("upper_arm_link", [-0.425, 0, 0.135], "z", { radiusM: 0.06, lengthM: 0.15 }),
  cylinder("forearm_link", [0, 0, 0.005], "z", { radiusM: 0.058, lengthM: 0.11 }),
  cylinder("forearm_link", [-0.1961, 0, 0.007], "x", { radiusM: 0.04, lengthM: 0.3922 }),
  cylinder("forearm_link", [-0.3922, 0, 0.005], "z", { radiusM: 0.039, lengthM: 0.11 }),
  cylinder("wrist_1_link", [0, 0, -0.0175], "z", { radiusM: 0.039, lengthM: 0.113 }),
  cylinder("wrist_1_link", [0, 0.001, 0], "y", { radiusM: 0.039, lengthM: 0.11 }),
  cylinder("wrist_2_link", [0, 0, -0.0035], "z", { radiusM: 0.039, lengthM: 0.085 }),
  cylinder("wrist_2_link", [0, -0.002, 0], "y", { radiusM: 0.039, lengthM: 0.11 }),
  cylinder("wrist_3_link", [0, 0, -0.023], "z", { radiusM: 0.038, lengthM: 0.046 }),
];

function cylinder(
  link: string,
  centre_m: Vec3,
  along: LinkCylinder["along"],
  size: { readonly radiusM: number; readonly lengthM: number },
): LinkCylinder {
  return { link, centre_m, along, ...size };
}
