import type { DhParameters as ControllerDh } from "ur-rtde-ts";
import type { DhParameters } from "../kinematics/dh.ts";
import type { Joints } from "../math/joints.ts";

/** The controller's words for kinematics as ours: the same six numbers each. */
export const dhParameters = (told: ControllerDh): DhParameters => ({
  thetaOffset_rad: told.thetaOffset_rad as unknown as Joints,
  a_m: told.a_m as unknown as Joints,
  d_m: told.d_m as unknown as Joints,
  alpha_rad: told.alpha_rad as unknown as Joints,
});
