import { ROS_JOINT_NAMES } from "../math/joints.ts";
import type { Mat3 } from "../math/rotation.ts";
import type { Vec3 } from "../math/vec.ts";
import type { DhParameters } from "./dh.ts";
import { jointFrames, type FixedStep } from "./joint-frames.ts";
import { UR5E_LINKS, UR5E_RANGE_RAD, UR5E_SPEED_LIMIT_RADPS, UR5E_TORQUE_LIMIT_NM } from "./ur5e-links.ts";
import { UR5E_SHAPES, type LinkCylinder } from "./ur5e-shapes.ts";

/** @source Universal Robots: base of the UR5e, 4.0 kg. @assumed a solid cylinder, radius 75 mm, height 99 mm */
const BASE = { massKg: 4, centre_m: [0, 0, 0.0495], inertiaKgm2: [0.00889, 0.00889, 0.01125] } as const;

const HALF_TURN: Vec3 = [0, 0, Math.PI];
/** From tool0 (the controller's flange F) to the REP-103 flange frame, x forward. @source ur_description */
const TOOL0_TO_FLANGE: Vec3 = [0, -Math.PI / 2, -Math.PI / 2];

/**
 * URDF text of one arm: `/robot_description`.
 *
 * Links and joints bear the names of ur_description: `base_link` is the root, `base` is the controller's frame B
 * (half a turn about z), `tool0` is the flange F. So B → F through this URDF equals `forwardKinematics`.
 */
export function urdfOf(dh: DhParameters, name = "ur5e"): string {
  const { joints, flange } = jointFrames(dh);
  const here: Vec3 = [0, 0, 0];
  return [
    `<?xml version="1.0"?>`,
    `<!-- Written by src/kinematics/urdf.ts; edit that, not this. Frames: urdf/README.md -->`,
    `<robot name="${name}">`,
    `  <link name="base_link"/>`,
    `  <link name="base"/>`,
    ...linkOf("base_link_inertia", BASE),
    ...fixed("base_link", "base_link_inertia", here, HALF_TURN),
    ...fixed("base_link", "base", here, HALF_TURN),
    ...UR5E_LINKS.flatMap((link) => linkOf(link.name, link)),
    ...joints.flatMap((step, i) => revolute(i, step)),
    `  <link name="tool0"/>`,
    ...fixed("wrist_3_link", "tool0", flange.p_m, rollPitchYaw(flange.R)),
    `  <link name="flange"/>`,
    ...fixed("tool0", "flange", here, TOOL0_TO_FLANGE),
    `</robot>`,
    ``,
  ].join("\n");
}

function revolute(i: number, step: FixedStep): string[] {
  const parent = i === 0 ? "base_link_inertia" : UR5E_LINKS[i - 1]!.name;
  const range = `lower="${-UR5E_RANGE_RAD}" upper="${UR5E_RANGE_RAD}"`;
  return [
    `  <joint name="${ROS_JOINT_NAMES[i]!}" type="revolute">`,
    `    <parent link="${parent}"/>`,
    `    <child link="${UR5E_LINKS[i]!.name}"/>`,
    `    ${origin(step.p_m, rollPitchYaw(step.R))}`,
    `    <axis xyz="0 0 1"/>`,
    `    <limit ${range} effort="${UR5E_TORQUE_LIMIT_NM[i]!}" velocity="${UR5E_SPEED_LIMIT_RADPS}"/>`,
    `  </joint>`,
  ];
}

const fixed = (parent: string, child: string, xyz_m: Vec3, rpy_rad: Vec3): string[] => [
  `  <joint name="${parent}-${child}" type="fixed">`,
  `    <parent link="${parent}"/>`,
  `    <child link="${child}"/>`,
  `    ${origin(xyz_m, rpy_rad)}`,
  `  </joint>`,
];

function linkOf(
  name: string,
  body: { readonly massKg: number; readonly centre_m: Vec3; readonly inertiaKgm2: Vec3 },
): string[] {
  const [ixx, iyy, izz] = body.inertiaKgm2;
  const shapes = UR5E_SHAPES.filter((shape) => shape.link === name).map(geometry);
  return [
    `  <link name="${name}">`,
    `    <inertial>`,
    `      ${origin(body.centre_m, [0, 0, 0])}`,
    `      <mass value="${body.massKg}"/>`,
    `      <inertia ixx="${ixx}" ixy="0" ixz="0" iyy="${iyy}" iyz="0" izz="${izz}"/>`,
    `    </inertial>`,
    ...shapes.map((shape) => `    <visual>${shape}</visual>`),
    ...shapes.map((shape) => `    <collision>${shape}</collision>`),
    `  </link>`,
  ];
}

/** A URDF cylinder lies along z; this turns it to where it belongs. */
const ALONG: Record<LinkCylinder["along"], Vec3> = {
  x: [0, Math.PI / 2, 0],
  y: [Math.PI / 2, 0, 0],
  z: [0, 0, 0],
};

const geometry = (shape: LinkCylinder): string =>
  `${origin(shape.centre_m, ALONG[shape.along])}<geometry>` +
  `<cylinder radius="${shape.radiusM}" length="${shape.lengthM}"/></geometry>`;

const origin = (xyz_m: Vec3, rpy_rad: Vec3): string => `<origin xyz="${row(xyz_m)}" rpy="${row(rpy_rad)}"/>`;

/** Rounding dust (below a picometre) is written as 0, so that nominal files read well. */
const row = (v: Vec3): string => v.map((x) => (Math.abs(x) < 1e-12 ? 0 : x)).join(" ");

/** Fixed-axis angles of URDF: R = Rz(yaw) · Ry(pitch) · Rx(roll). A pitch of ±90° does not occur in a UR arm. */
const rollPitchYaw = (R: Mat3): Vec3 => [
  Math.atan2(R[7], R[8]),
  Math.atan2(-R[6], Math.hypot(R[0], R[3])),
  Math.atan2(R[3], R[0]),
];
