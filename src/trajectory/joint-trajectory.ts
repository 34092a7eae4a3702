import type { Joints } from "../math/joints.ts";
import type { Provenance } from "../provenance.ts";

/** Joint motion as knots of a quintic Hermite spline (C² everywhere). Path time 0 is the start of the approach. */
export interface JointTrajectory {
  readonly title: string;
  /** Knot times, strictly increasing, first 0 [s]; length n. */
  readonly timeS: Float64Array;
  /** [n × 6] row-major. */
  readonly q_rad: Float64Array;
  readonly qd_radps: Float64Array;
  readonly qdd_radps2: Float64Array;
  /** Path time of score second 0 [s]: the approach comes before it. */
  readonly scoreStartS: number;
  readonly margins: Margins;
  readonly provenance: Provenance;
}

/** The tightest place at each limit, over the whole path. Times are score seconds. */
export interface Margins {
  readonly jointSpeed: LimitUse;
  readonly jointAcceleration: LimitUse;
  readonly jointJerk: LimitUse;
  readonly jointPosition: LimitUse;
  readonly tcpSpeed: { readonly maxMps: number; readonly limitMps: number; readonly atS: number };
  /** Smallest singular value of the Jacobian (lengths in metres) at `atS`; and the smallest bend of the elbow, at `elbowAtS`. */
  readonly singularity: {
    readonly minSigma: number;
    readonly limitSigma: number;
    readonly atS: number;
    readonly minElbow_rad: number;
    readonly elbowAtS: number;
  };
  /** The pair that is tightest against its own requirement. */
  readonly clearance: {
    /** Smallest distance at the knots; between them too it is proven not to fall below `requiredM`. */
    readonly minM: number;
    readonly requiredM: number;
    readonly pair: readonly [string, string];
    readonly atS: number;
  };
}

/** Largest used share of a joint limit. */
export interface LimitUse {
  /** 0-based joint. */
  readonly joint: number;
  readonly atS: number;
  readonly value: number;
  readonly limit: number;
}

/** What the robot may do at most. All > 0. */
export interface MotionLimits {
  readonly jointMin_rad: Joints;
  readonly jointMax_rad: Joints;
  readonly jointSpeed_radps: Joints;
  readonly jointAcceleration_radps2: Joints;
  readonly jointJerk_radps3: Joints;
  /** Speed of TCP, frog and elbow [m/s]. */
  readonly tcpSpeedMps: number;
  readonly minSigma: number;
  /** Between any two bodies, and from the stick to a string that it passes over [m]. */
  readonly clearanceM: number;
  readonly stickOverStringM: number;
}
