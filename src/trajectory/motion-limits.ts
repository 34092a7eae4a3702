import type { Joints } from "../math/joints.ts";
import type { MotionLimits } from "./joint-trajectory.ts";

const all = (value: number): Joints => [value, value, value, value, value, value];

/**
 * What a UR5e may do in a performance.
 *
 * @source joint range ±360° and speed 180°/s: UR5e data sheet; acceleration 40 rad/s²: the controller's configuration
 *   message (maxAcc); TCP speed 1.5 m/s: normal safety limits of the published cell's installation
 * @assumed jerk 4000 rad/s³ (the published robot's logs show 480 on far slower music); distance to singularity 0.03,
 *   smallest singular value with lengths in metres; clearance 10 mm, and 3 mm for the stick over a string: hair at full
 *   force still holds it 8 mm off
 */
export const UR5E_LIMITS: MotionLimits = {
  jointMin_rad: all(-2 * Math.PI),
  jointMax_rad: all(2 * Math.PI),
  jointSpeed_radps: all(Math.PI),
  jointAcceleration_radps2: all(40),
  jointJerk_radps3: all(4000),
  tcpSpeedMps: 1.5,
  minSigma: 0.03,
  clearanceM: 0.01,
  stickOverStringM: 0.003,
};
