import type { LimitUse, Margins } from "../trajectory/joint-trajectory.ts";

const UNMEASURED: LimitUse = { joint: 0, atS: 0, value: NaN, limit: NaN };

/** Of a recorded motion, which nobody held against limits. */
export const UNMEASURED_MARGINS: Margins = {
  jointSpeed: UNMEASURED,
  jointAcceleration: UNMEASURED,
  jointJerk: UNMEASURED,
  jointPosition: UNMEASURED,
  tcpSpeed: { maxMps: NaN, limitMps: NaN, atS: NaN },
  singularity: { minSigma: NaN, limitSigma: NaN, atS: NaN, minElbow_rad: NaN, elbowAtS: NaN },
  clearance: { minM: NaN, requiredM: NaN, pair: ["", ""], atS: NaN },
};
