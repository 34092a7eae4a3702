/** How the bow plan becomes motion. */
export interface TrajectorySettings {
  /** Spacing of the inverse kinematics along the path [s]. */
  readonly sampleS: number;
  /** Spacing of the knots that are sent to the controller; a whole number of samples [s]. */
  readonly knotS: number;
  /** Longest time for a roll over one, two, three strings; short notes and gaps shorten it [s]. */
  readonly crossingS: readonly [number, number, number];
  /** Largest share of a note that the crossing at one of its ends may take [-]. */
  readonly crossingShare: number;
  /** Share of the bow force given up half-way through a roll, so that two strings sound together only briefly [-]. */
  readonly crossingDip: number;
  /** Clearance over a string that is rolled over without sounding [m]. */
  readonly hopM: number;
  /** Height of a lift in a rest or a retake [m]. */
  readonly liftM: number;
  /** Height above the string at which the approach ends and the retreat begins [m]. */
  readonly approachM: number;
  /** Time for the last bit down to the string, and for the first bit up from it [s]. */
  readonly landingS: number;
  /** Share of speed and acceleration limits that approach and retreat may use [-]. */
  readonly freeMotionShare: number;
  /** Time over which the force moves from one note's to the next's [s]. */
  readonly forceBlendS: number;
}

export const defaultTrajectorySettings: TrajectorySettings = {
  sampleS: 0.002,
  knotS: 0.02,
  crossingS: [0.3, 0.42, 0.54],
  crossingShare: 0.45,
  crossingDip: 0.8,
  hopM: 0.004,
  liftM: 0.02,
  approachM: 0.05,
  landingS: 0.6,
  freeMotionShare: 0.3,
  forceBlendS: 0.08,
};
