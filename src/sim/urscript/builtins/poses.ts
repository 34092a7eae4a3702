import {
  compose,
  fromUrPose,
  inverse,
  toUrPose,
  type Pose as FramePose,
  type UrPose,
} from "../../../math/pose.ts";
import {
  angleBetween,
  fromRotvec,
  multiply,
  rotateInverse,
  slerp,
  toRotvec,
  transpose,
} from "../../../math/rotation.ts";
import { cross, distance, lerp, sub, type Vec3 } from "../../../math/vec.ts";
import type { InstantBuiltin } from "../script-host.ts";
import { expectNumber, expectNumbers, expectPose } from "../values/expect.ts";
import { Pose, type Result } from "../values/value.ts";
import { instant } from "./define.ts";

type Rigid = FramePose<"W", "W">;

const rigid = (value: Result, what: string): Rigid =>
  fromUrPose("W", "W", expectPose(value, what).items as unknown as UrPose);
const scriptPose = (X: Rigid): Pose => new Pose([...toUrPose(X)]);
const assemble = (p_m: Vec3, rotvec_rad: Vec3): Pose => new Pose([...p_m, ...rotvec_rad]);

export const invertPose = (pose: Pose): Pose => scriptPose(inverse(rigid(pose, "pose")));

/** @source UR script manual 5.25, "Module urmath" */
export const poseBuiltins: readonly InstantBuiltin[] = [
  instant("pose_trans", ["p_from", "p_from_to"], ([from, to]) =>
    scriptPose(compose(rigid(from, "p_from"), rigid(to, "p_from_to"))),
  ),
  instant("pose_inv", ["p_from"], ([from]) => invertPose(expectPose(from, "p_from"))),
  instant("pose_add", ["p_1", "p_2"], ([first, second]) => {
    const [a, b] = [rigid(first, "p_1"), rigid(second, "p_2")];
    return assemble(
      [a.p_m[0] + b.p_m[0], a.p_m[1] + b.p_m[1], a.p_m[2] + b.p_m[2]],
      toRotvec(multiply(a.R, b.R)),
    );
  }),
  instant("pose_sub", ["p_to", "p_from"], ([to, from]) => {
    const [a, b] = [rigid(to, "p_to"), rigid(from, "p_from")];
    const difference: Vec3 = [a.p_m[0] - b.p_m[0], a.p_m[1] - b.p_m[1], a.p_m[2] - b.p_m[2]];
    return assemble(difference, toRotvec(multiply(a.R, transpose(b.R))));
  }),
  instant("pose_dist", ["p_from", "p_to"], ([from, to]) => {
    const [a, b] = [rigid(from, "p_from"), rigid(to, "p_to")];
    return Math.hypot(distance(a.p_m, b.p_m), angleBetween(a.R, b.R));
  }),
  instant("point_dist", ["p_from", "p_to"], ([from, to]) =>
    distance(rigid(from, "p_from").p_m, rigid(to, "p_to").p_m),
  ),
  instant("interpolate_pose", ["p_from", "p_to", "alpha"], ([from, to, alpha]) => {
    const [a, b, k] = [rigid(from, "p_from"), rigid(to, "p_to"), expectNumber(alpha, "alpha")];
    return assemble(lerp(a.p_m, b.p_m, k), toRotvec(slerp(a.R, b.R, k)));
  }),
  instant("wrench_trans", ["T_from_to", "w_from"], ([transform, wrench]) => {
    const X = rigid(transform, "T_from_to");
    const [fx, fy, fz, tx, ty, tz] = expectNumbers(wrench, "w_from", 6);
    const force = rotateInverse(X.R, [fx!, fy!, fz!]);
    const torque = rotateInverse(X.R, sub([tx!, ty!, tz!], cross(X.p_m, [fx!, fy!, fz!])));
    return [...force, ...torque];
  }),
  instant("rotvec2rpy", ["rotation_vector"], ([vector]) => rollPitchYaw(vec3(vector, "rotation_vector"))),
  instant("rpy2rotvec", ["rpy_vector"], ([vector]) => {
    const [roll, pitch, yaw] = vec3(vector, "rpy_vector");
    return [
      ...toRotvec(
        multiply(fromRotvec([0, 0, yaw]), multiply(fromRotvec([0, pitch, 0]), fromRotvec([roll, 0, 0]))),
      ),
    ];
  }),
];

function vec3(value: Result, what: string): Vec3 {
  const [x, y, z] = expectNumbers(value, what, 3);
  return [x!, y!, z!];
}

/** R = Rz(yaw)·Ry(pitch)·Rx(roll) */
function rollPitchYaw(rotvec_rad: Vec3): number[] {
  const R = fromRotvec(rotvec_rad);
  const cosPitch = Math.hypot(R[0], R[3]);
  const pitch = Math.atan2(-R[6], cosPitch);
  if (cosPitch < 1e-9) return [Math.atan2(-R[5], R[4]), pitch, 0];
  return [Math.atan2(R[7], R[8]), pitch, Math.atan2(R[3], R[0])];
}
