import type { DhParameters } from "../../../kinematics/dh.ts";
import { forwardKinematics } from "../../../kinematics/forward.ts";
import type { Joints } from "../../../math/joints.ts";
import { compose, type Pose, toUrPose, type UrPose } from "../../../math/pose.ts";

/** Where joints put a tool. */
export const tcpPoseOf = (dh: DhParameters, q_rad: Joints, X_FT: Pose<"F", "T">): UrPose =>
  toUrPose(compose(forwardKinematics(dh, q_rad), X_FT));
