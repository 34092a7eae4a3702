import type { JointFrames } from "../../kinematics/joint-frames.ts";
import type { Joints } from "../../math/joints.ts";
import { type Mat3, multiply, rotate } from "../../math/rotation.ts";
import { add, scale, sub, type Vec3 } from "../../math/vec.ts";

/** Half the step of the difference that gives the elbow's speed [s]: small enough for a micrometre per second. */
const STEP_S = 1e-4;

/** How fast the elbow moves, in the base [m/s]. */
export function elbowVelocityOf(frames: JointFrames, q_rad: Joints, qd_radps: ArrayLike<number>): Vec3 {
  const at = (s: number): Vec3 =>
    elbowOf(frames, q_rad.map((q, i) => q + s * qd_radps[i]!) as unknown as Joints);
  return scale(sub(at(STEP_S), at(-STEP_S)), 0.5 / STEP_S);
}

/** Where the elbow is: the origin of the forearm link, in the base [m]. */
export function elbowOf({ joints }: JointFrames, q_rad: Joints): Vec3 {
  let p: Vec3 = [0, 0, 0];
  let R: Mat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  for (let i = 0; i < 3; i++) {
    const step = joints[i]!;
    p = add(p, rotate(R, step.p_m));
    const [c, s] = [Math.cos(q_rad[i]!), Math.sin(q_rad[i]!)];
    R = multiply(multiply(R, step.R), [c, -s, 0, s, c, 0, 0, 0, 1]);
  }
  return p;
}
