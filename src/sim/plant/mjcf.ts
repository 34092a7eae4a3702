import { ROS_JOINT_NAMES, type Joints } from "../../math/joints.ts";
import { column } from "../../math/rotation.ts";
import { scale, type Vec3 } from "../../math/vec.ts";
import type { Instrument } from "../../instrument/instrument.ts";
import { jointFrames, type FixedStep } from "../../kinematics/joint-frames.ts";
import { UR5E_LINKS, UR5E_TORQUE_LIMIT_NM, type LinkInertia } from "../../kinematics/ur5e-links.ts";

/**
 * Rotor inertia seen at the joint [kg m²]: rotor times gear ratio squared, 101² = 10201.
 * @assumed rotors of 3e-5 kg m² (large drives) and 0.8e-5 kg m² (wrists)
 */
export const ARMATURE_KGM2: Joints = [0.306, 0.306, 0.306, 0.082, 0.082, 0.082];

/** Viscous friction at the joint [Nm s/rad]. @assumed 8 (large drives), 2.5 (wrists); dry friction is left out */
export const DAMPING_NMSPRAD: Joints = [8, 8, 8, 2.5, 2.5, 2.5];

/** Mass and overall length of the bow inside the payload. @source cello-bow figures: 80 g, 730 mm */
const BOW = { massKg: 0.08, lengthM: 0.73 };
/** Inertia of gripper and mounting about the payload's centre [kg m²]. @source the real arm's installation */
const GRIPPER_INERTIA_KGM2 = 1.63e-4;

/**
 * MuJoCo model of one arm with its bow as payload: six hinges with torque motors, no geometry, no contacts.
 * Hair and strings act on it as joint torques from outside.
 */
export function mjcfOf(instrument: Instrument, timestepS: number, gravityMps2: number): string {
  const { joints, flange } = jointFrames(instrument.dh);
  // The site is a body of its own: on its parent, MuJoCo would round a pose within 1e-6 to the parent's.
  const hand = `<body name="flange" ${placed(flange)}>${payload(instrument)}<site name="flange"/></body>`;
  const arm = joints.reduceRight((inner, step, i) => linkBody(i, step, inner), hand);
  const motors = ROS_JOINT_NAMES.map((name, i) => {
    const limitNm = UR5E_TORQUE_LIMIT_NM[i]!;
    return `<motor joint="${name}" ctrllimited="true" ctrlrange="${-limitNm} ${limitNm}"/>`;
  });
  return `<mujoco model="ur5e-cellist">
<compiler angle="radian" inertiafromgeom="false"/>
<option timestep="${timestepS}" integrator="implicitfast" gravity="0 0 ${-gravityMps2}">
<flag contact="disable" constraint="disable" warmstart="disable"/>
</option>
<worldbody>${arm}</worldbody>
<actuator>${motors.join("")}</actuator>
</mujoco>`;
}

function linkBody(i: number, step: FixedStep, inner: string): string {
  const link: LinkInertia = UR5E_LINKS[i]!;
  return `
<body name="${link.name}" ${placed(step)}>
<inertial pos="${row(link.centre_m)}" mass="${link.massKg}" diaginertia="${row(link.inertiaKgm2)}"/>
<joint name="${ROS_JOINT_NAMES[i]!}" axis="0 0 1" armature="${ARMATURE_KGM2[i]!}" damping="${DAMPING_NMSPRAD[i]!}"/>
${inner}</body>`;
}

/** Gripper and bow: a thin rod along the hair, I = m ℓ²/12 · (1 − a aᵀ), plus the gripper's own. */
function payload(instrument: Instrument): string {
  const { massKg, centre_F_m } = instrument.payload;
  if (massKg <= 0) return "";
  const rodKgm2 = (Math.min(BOW.massKg, massKg) * BOW.lengthM ** 2) / 12;
  const [x, y, z] = instrument.hair.axis_F;
  const diagonal = ([x, y, z] as const).map((a) => rodKgm2 * (1 - a * a) + GRIPPER_INERTIA_KGM2);
  const mixed = scale([x * y, x * z, y * z], -rodKgm2);
  return `<inertial pos="${row(centre_F_m)}" mass="${massKg}" fullinertia="${[...diagonal, ...mixed].join(" ")}"/>`;
}

const row = (v: Vec3): string => v.join(" ");

/** Position and orientation as MJCF attributes; two columns of R say all. */
const placed = ({ p_m, R }: FixedStep): string =>
  `pos="${row(p_m)}" xyaxes="${row(column(R, 0))} ${row(column(R, 1))}"`;
