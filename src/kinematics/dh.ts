import type { Joints } from "../math/joints.ts";

/**
 * Denavit-Hartenberg parameters of a UR arm, with that arm's factory corrections added in.
 *
 *     T_i(q) = Rz(q_i + thetaOffset_i) · Tz(d_i) · Tx(a_i) · Rx(alpha_i),   X_BF = T_1 … T_6
 *
 * A calibrated arm has d_2, d_3, d_4 of hundreds of metres that cancel: its axes 2-4 are not quite parallel.
 */
export interface DhParameters {
  readonly thetaOffset_rad: Joints;
  readonly a_m: Joints;
  readonly d_m: Joints;
  readonly alpha_rad: Joints;
}

/** Nominal UR5e. @source Universal Robots, "DH parameters for calculations of kinematics and dynamics" */
export const NOMINAL_UR5E: DhParameters = {
  thetaOffset_rad: [0, 0, 0, 0, 0, 0],
  a_m: [0, -0.425, -0.3922, 0, 0, 0],
  d_m: [0.1625, 0, 0, 0.1333, 0.0997, 0.0996],
  alpha_rad: [Math.PI / 2, 0, 0, Math.PI / 2, -Math.PI / 2, 0],
};
