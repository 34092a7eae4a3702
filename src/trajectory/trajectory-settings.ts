import { defaultPostureSettings, type PostureSettings } from "./choose-posture.ts";

/** How the bow plan becomes motion. */
export interface TrajectorySettings {
  /** Spacing of the inverse kinematics along the path [s]. */
  readonly sampleS: number;
  /** Spacing of the knots that are sent to the controller; a whole number of samples [s]. */
  readonly knotS: number;
  /** Time for a roll over one, two, three strings where the joints allow it; short notes and gaps shorten it [s]. */
  readonly crossingS: readonly [number, number, number];
  /** Largest share of a note that a crossing at one end may take, and where one at its other end wants it as well [-]. */
  readonly crossingShare: { readonly most: number; readonly shared: number };
  /**
   * Where the bow turns, the roll to a neighbouring string leads by this share of the time of the notes before and after it [-], but
   * not by more than so long [s]: in slow notes the new string would be heard before its time.
   */
  readonly crossingLead: { readonly cycleShare: number; readonly mostS: number };
  /** Share of the bow force given up half-way through a roll, so that two strings sound together only briefly [-]. */
  readonly crossingDip: number;
  /** Clearance over a string that is rolled over without sounding [m]. */
  readonly hopM: number;
  /** Height of a lift in a rest or a retake, less in a short one, but at least so much [m]. */
  readonly liftM: number;
  readonly leastLiftM: number;
  /** No lift is faster than this away from the string and back to it, if it is no lower than `leastLiftM` [m/s²]. */
  readonly liftAccelerationMps2: number;
  /** Height above the string at which the approach ends and the retreat begins [m]. */
  readonly approachM: number;
  /** Time for the last bit down to the string, and for the first bit up from it [s]. */
  readonly landingS: number;
  /** Rolls that use more than this share of a limit are made longer, if the notes around them allow it [-]. */
  readonly crossingLimitShare: number;
  /** Crossings that use more than this share of a limit all the same are bowed otherwise, if that is easier [-]. */
  readonly easyLimitShare: number;
  /** Share of speed and acceleration limits that approach and retreat may use [-]. */
  readonly freeMotionShare: number;
  /** Time over which the contact point glides to the next stroke's, around the bow change [s]. */
  readonly contactGlideS: number;
  /** A stroke from rest is commanded so much later than it is written: the servo's spread lets the hair creep early [s]. */
  readonly startFromRestS: number;
  /** Time over which the force moves from one note's to the next's [s]. */
  readonly forceBlendS: number;
  /**
   * A string that the bow rolls to under a slur is pressed so much harder until it is caught, up to this share of Schelleng's
   * limit, and leaving this share of the gap to a string beside it [-]: rising until the onset, held, and released [s].
   */
  readonly catching: {
    readonly force: number;
    readonly maxForceShare: number;
    readonly keptClear: number;
    readonly riseS: number;
    readonly holdS: number;
    readonly releaseS: number;
  };
  /**
   * A string is not asked to speak faster than it can: its bow is not accelerated by more than `times` β²·F·f/Z₀ [-], as far as
   * the rest of the stroke can make up for it without going more than `mostFaster` times as fast [-].
   */
  readonly speaking: { readonly times: number; readonly mostFaster: number };
  /** How far off the middle of a string a short visit is held, and what is short [rad], [s]. */
  readonly leanIn: { readonly most_rad: number; readonly quickS: number };
  /** What tilt and skew of the bow are spent on. */
  readonly posture: PostureSettings;
}

export const defaultTrajectorySettings: TrajectorySettings = {
  sampleS: 0.005,
  knotS: 0.02,
  crossingS: [0.22, 0.27, 0.37],
  crossingShare: { most: 0.75, shared: 0.55 },
  // Fifteen degrees of a cycle of two notes: facts on cello sound, section 2.5 (PLOS ONE 0106615).
  crossingLead: { cycleShare: 15 / 360, mostS: 0.04 },
  crossingDip: 0.8,
  hopM: 0.004,
  liftM: 0.02,
  leastLiftM: 0.008,
  liftAccelerationMps2: 4,
  approachM: 0.05,
  landingS: 0.6,
  crossingLimitShare: 0.78,
  easyLimitShare: 0.8,
  freeMotionShare: 0.3,
  contactGlideS: 0.45,
  startFromRestS: 0.011,
  forceBlendS: 0.08,
  catching: { force: 1.6, maxForceShare: 0.8, keptClear: 0.05, riseS: 0.06, holdS: 0.06, releaseS: 0.12 },
  speaking: { times: 0.7, mostFaster: 1.08 },
  leanIn: { most_rad: 0.033, quickS: 0.8 },
  posture: defaultPostureSettings,
};
