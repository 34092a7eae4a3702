import type { BowingSettings } from "../bowing/bowing-settings.ts";
import type { MotionLimits } from "../trajectory/joint-trajectory.ts";
import { UR5E_LIMITS } from "../trajectory/motion-limits.ts";
import type { TrajectorySettings } from "../trajectory/trajectory-settings.ts";
import type { SimulationSettings, StreamSettings } from "./profile.ts";

/** Smallest and largest value that makes sense, both allowed; whole numbers only where it says so. */
export type Range = readonly [min: number, max: number, whole?: "whole"];

/** Ranges of some settings. A list, or a table of like numbers, may share one; a number without one is just not negative. */
export type Ranges<T> = {
  readonly [K in keyof T]?: Range | (T[K] extends readonly number[] ? never : Ranges<T[K]>);
};

const SHARE: Range = [0, 1];
const GAP_S: Range = [0, 2];

/** A bow is 0.75 m of hair, a string sounds 0.69 m: what is longer is a slip of the unit. @assumed */
export const BOWING_RANGES: Ranges<BowingSettings> = {
  bowSpeedMps: [0.01, 2],
  minSpeedMps: [0.005, 1],
  maxSpeedFactor: [1, 10],
  speedTolerance: SHARE,
  handAccelerationMps2: [0.1, 50],
  stringAccelerationMps2: [0.1, 100],
  rampS: [0.01, 0.5],
  edgeMarginM: [0, 0.2],
  binM: [0.0005, 0.02],
  beta: [0.02, 0.4],
  contactWindowM: [0.01, 0.3],
  maxStoppedBeta: [0.02, 0.5],
  contactStepM: [0, 0.1],
  contactSlewMps: [0, 2],
  forceN: [0.05, 5],
  referenceImpedanceKgps: [0.05, 5],
  minForceN: [0.05, 5],
  maxForceN: [0.05, 5],
  maxForceShare: SHARE,
  minForceTimes: [1, 20],
  pairLean_rad: [0, 0.2],
  accentAttack: { force: [1, 4], speed: [1, 2] },
  marteleAttack: { force: [1, 4], speed: [1, 2] },
  attackS: { rise: [0.01, 0.5], over: [0.02, 1] },
  soundShare: SHARE,
  shortestNoteS: [0, 2],
  legatoGapS: GAP_S,
  slurGapS: GAP_S,
  liftRestS: [0.05, 10],
  retakeRestS: [0.05, 10],
  leaveS: GAP_S,
  landS: GAP_S,
  retakeSpeedMps: [0.05, 3],
  retakeAccelerationMps2: [0.1, 50],
  retakeJointRadps: [0.1, 3.15],
  retakeJointRadps2: [0.5, 40],
  crossingJointRadps: [0.1, 3.15],
  lowerStringReachSemitones: [0, 24],
  placeShare: SHARE,
  crossingShare: SHARE,
  quickCrossingS: [0, 5],
  weights: [0, 10_000],
};

/** The controller's own cycle is 2 ms: nothing is sampled finer; the ring of knots holds 64. */
export const TRAJECTORY_RANGES: Ranges<TrajectorySettings> = {
  sampleS: [0.002, 0.01],
  knotS: [0.008, 0.1],
  crossingS: [0.02, 5],
  crossingShare: [0.05, 0.9],
  crossingLead: { cycleShare: [0, 0.25], mostS: [0, 0.1] },
  crossingDip: SHARE,
  hopM: [0.001, 0.05],
  liftM: [0.002, 0.2],
  leastLiftM: [0.002, 0.2],
  liftAccelerationMps2: [0.1, 100],
  approachM: [0.005, 0.3],
  landingS: [0.05, 5],
  crossingLimitShare: [0.05, 1],
  easyLimitShare: [0.05, 1],
  freeMotionShare: [0.01, 1],
  contactGlideS: [0.02, 5],
  forceBlendS: [0.005, 2],
};

const [jointSpeed, jointAcceleration] = [UR5E_LIMITS.jointSpeed_radps, UR5E_LIMITS.jointAcceleration_radps2];

/** A profile may ask less of the arm than the arm can do, never more. @assumed jerk: nobody states what the arm bears */
export const LIMIT_RANGES: Ranges<MotionLimits> = {
  jointMin_rad: [Math.min(...UR5E_LIMITS.jointMin_rad), Math.max(...UR5E_LIMITS.jointMax_rad)],
  jointMax_rad: [Math.min(...UR5E_LIMITS.jointMin_rad), Math.max(...UR5E_LIMITS.jointMax_rad)],
  jointSpeed_radps: [0.01, Math.max(...jointSpeed)],
  jointAcceleration_radps2: [0.1, Math.max(...jointAcceleration)],
  jointJerk_radps3: [1, 20_000],
  tcpSpeedMps: [0.01, UR5E_LIMITS.tcpSpeedMps],
  minSigma: [0.001, 1],
  clearanceM: [0.001, 0.1],
  stickOverStringM: [0.001, 0.1],
};

/** @source servoj: lookahead_time 0.03 to 0.2 s, gain 100 to 2000 (URScript manual) */
export const STREAM_RANGES: Ranges<StreamSettings> = {
  lookaheadS: [0.03, 0.2],
  gain: [100, 2000],
  stopS: [0.05, 2],
  startAheadS: [0.1, 5],
  startTolerance_rad: [0.001, 0.2],
  servoLagS: [0, 0.5],
};

export const SIMULATION_RANGES: Ranges<SimulationSettings> = {
  seed: [0, 2 ** 31 - 1, "whole"],
  forceBiasN: [-50, 50],
  forceNoiseN: [0, 20],
  hairWidthM: [0, 0.015],
};
