import type { Joints } from "../math/joints.ts";
import { column, IDENTITY, multiply, rotate, type Mat3 } from "../math/rotation.ts";
import { add, addScaled, cross, dot, sub, type Vec3 } from "../math/vec.ts";
import { NOMINAL_UR5E, type DhParameters } from "./dh.ts";

/** A rigid step from one frame of the arm to the next, at joint angle zero. */
export interface FixedStep {
  readonly p_m: Vec3;
  readonly R: Mat3;
}

/**
 * An arm as a chain of joint frames, every origin inside the arm:
 *
 *     X_BF = S_1 · Rz(q_1) · S_2 · Rz(q_2) … S_6 · Rz(q_6) · S_F
 *
 * This is what URDF and MJCF need. A calibrated arm's DH frames cannot serve: d_2, d_3, d_4 are hundreds of metres.
 */
export interface JointFrames {
  /** S_1 … S_6: from link i − 1 (link 0 is B) to link i, whose joint turns about its own z. */
  readonly joints: readonly FixedStep[];
  /** S_F: from link 6 to the flange. */
  readonly flange: FixedStep;
}

const { d_m: d } = NOMINAL_UR5E;
/** From the DH origin along the joint axis to the link origin, nominal arm [m]. @source link frames of ur_description */
const LINK_ALONG_AXIS_M: Joints = [d[0], 0, 0, d[3], d[4], d[5]];

/**
 * Joint frames of any UR arm, as near as its axes allow to the links of the nominal UR5e.
 *
 * A DH frame may slide along its joint axis and turn about it without changing the arm. At q = 0 every origin
 * slides to the point of its axis nearest the nominal origin, and turns until its x looks the nominal way. So
 * nominal masses and shapes fit a calibrated arm, and NOMINAL_UR5E gives the very links of ur_description.
 */
export function jointFrames(dh: DhParameters): JointFrames {
  const nominal = nominalLinksAtZero();
  const joints: FixedStep[] = [];
  let link: FixedStep = { p_m: [0, 0, 0], R: IDENTITY };
  let step: FixedStep = link; // from the link to the next DH frame
  for (let i = 0; i < 6; i++) {
    const wanted = nominal[i]!;
    const dhAtZero = then(link, step);
    const slide_m = dot(sub(wanted.p_m, dhAtZero.p_m), column(dhAtZero.R, 2));
    const turn_rad = turnAboutZ(dhAtZero.R, column(wanted.R, 0));
    const joint = screwAlongZ(step, slide_m, turn_rad);
    joints.push(joint);
    link = then(link, joint);
    step = dhStep(dh, i, slide_m, turn_rad);
  }
  return { joints, flange: step };
}

function nominalLinksAtZero(): FixedStep[] {
  let X: FixedStep = { p_m: [0, 0, 0], R: IDENTITY };
  return LINK_ALONG_AXIS_M.map((slide_m, i) => {
    const link = screwAlongZ(X, slide_m, 0);
    X = then(X, dhStep(NOMINAL_UR5E, i, 0, 0));
    return link;
  });
}

/** Rz(−turn) · Tz(−slide) · T_i at q_i = 0: from link i to DH frame i. */
function dhStep(dh: DhParameters, i: number, slide_m: number, turn_rad: number): FixedStep {
  const theta = dh.thetaOffset_rad[i]! - turn_rad;
  const alpha = dh.alpha_rad[i]!;
  const a = dh.a_m[i]!;
  return {
    p_m: [a * Math.cos(theta), a * Math.sin(theta), dh.d_m[i]! - slide_m],
    R: multiply(aboutZ(theta), aboutX(alpha)),
  };
}

/** X · Tz(slide) · Rz(turn) */
const screwAlongZ = (X: FixedStep, slide_m: number, turn_rad: number): FixedStep => ({
  p_m: addScaled(X.p_m, column(X.R, 2), slide_m),
  R: multiply(X.R, aboutZ(turn_rad)),
});

const then = (A: FixedStep, B: FixedStep): FixedStep => ({
  p_m: add(A.p_m, rotate(A.R, B.p_m)),
  R: multiply(A.R, B.R),
});

/** Angle about the z of R that brings its x as near as can be to `x` [rad]. */
const turnAboutZ = (R: Mat3, x: Vec3): number => {
  const [ex, ez] = [column(R, 0), column(R, 2)];
  return Math.atan2(dot(cross(ez, ex), x), dot(ex, x));
};

const aboutZ = (angle_rad: number): Mat3 => {
  const [c, s] = [Math.cos(angle_rad), Math.sin(angle_rad)];
  return [c, -s, 0, s, c, 0, 0, 0, 1];
};

const aboutX = (angle_rad: number): Mat3 => {
  const [c, s] = [Math.cos(angle_rad), Math.sin(angle_rad)];
  return [1, 0, 0, 0, c, -s, 0, s, c];
};

/** Flange pose through the chain: the twin of `forwardKinematics`. */
export function flangeThroughFrames(frames: JointFrames, q_rad: Joints): FixedStep {
  let X: FixedStep = { p_m: [0, 0, 0], R: IDENTITY };
  frames.joints.forEach((step, i) => {
    X = then(X, { p_m: step.p_m, R: multiply(step.R, aboutZ(q_rad[i]!)) });
  });
  return then(X, frames.flange);
}
