import type { Dynamic } from "../score/score.ts";

type ByDynamic = Readonly<Record<Dynamic, number>>;

/** What `planBowing` may choose from, and what it prefers. SI units. */
export interface BowingSettings {
  /** Steady bow speed per dynamic [m/s]. */
  readonly bowSpeedMps: ByDynamic;
  /** Slowest bow that still speaks [m/s]. */
  readonly minSpeedMps: number;
  /** How much faster than its dynamic a stroke may go to bring the bow back [-], >= 1. */
  readonly maxSpeedFactor: number;
  /** A bow so much slower or faster than its dynamic asks is still heard as that dynamic [-]. */
  readonly speedTolerance: number;
  /** Mean acceleration of the hand in a ramp; short notes go slower for it [m/s²]. */
  readonly handAccelerationMps2: number;
  /** Most that hair accelerates along a string where marks move its speed within a stroke; hairpins and attacks are flatter for it [m/s²]. */
  readonly stringAccelerationMps2: number;
  /** Time from rest to steady speed, and back; at most 0.3 of the stroke [s]. */
  readonly rampS: number;
  /** Hair kept free inside both taught ends [m]. */
  readonly edgeMarginM: number;
  /** Step of bow positions in the dynamic programme [m]. */
  readonly binM: number;

  /** Hair to bridge ÷ open string length per dynamic [-]. */
  readonly beta: ByDynamic;
  /** Contact points that the arm may use [m]. */
  readonly contactWindowM: { readonly min: number; readonly max: number };
  /** Largest share of the *stopped* string between bridge and hair, where the window allows [-]. */
  readonly maxStoppedBeta: number;
  /** How far the contact point may move at a bow change, and how fast in a rest [m], [m/s]. */
  readonly contactStepM: number;
  readonly contactSlewMps: number;

  /** Force per dynamic on a string of impedance `referenceImpedanceKgps`; grows with it [N], [kg/s]. */
  readonly forceN: ByDynamic;
  readonly referenceImpedanceKgps: number;
  readonly minForceN: number;
  readonly maxForceN: number;
  /** Stay below this share of Schelleng's maximum, and above this many times his minimum [-]. */
  readonly maxForceShare: number;
  readonly minForceTimes: number;
  /** In a double stop the bow leans no farther off the line through both strings to give each its force [rad]. */
  readonly pairLean_rad: number;
  /** Force and speed at the attack of an accent and of a martele ÷ those of the tone that follows [-]. */
  readonly accentAttack: { readonly force: number; readonly speed: number };
  readonly marteleAttack: { readonly force: number; readonly speed: number };
  /** An attack is at its height so long after the onset, and over after so long; shorter in short notes [s]. */
  readonly attackS: { readonly rise: number; readonly over: number };

  /** Part of its written length that a note is bowed; then the bow rests on the string [-]. */
  readonly soundShare: { readonly staccato: number; readonly martele: number; readonly portato: number };
  /** No articulation makes a note shorter than this, where it is written longer [s]. */
  readonly shortestNoteS: number;

  /** A gap shorter than this is only notation: between any two notes, and under a slur [s]. */
  readonly legatoGapS: number;
  readonly slurGapS: number;
  /** The bow always leaves the string in a rest this long, and may for a retake in one this long [s]. */
  readonly liftRestS: number;
  readonly retakeRestS: number;
  /** Hair stays down after a note, and is down again before the next [s]. */
  readonly leaveS: number;
  readonly landS: number;
  /** Mean speed and peak acceleration of the hand in the air [m/s], [m/s²]. */
  readonly retakeSpeedMps: number;
  readonly retakeAccelerationMps2: number;
  /** Fastest joint while the bow is carried through the air [rad/s]. */
  readonly retakeJointRadps: number;
  /** How fast the fastest joint may gather speed for the way through the air; the lift itself comes on top [rad/s²]. */
  readonly retakeJointRadps2: number;
  /** Fastest joint while the bow crosses strings on them [rad/s]. */
  readonly crossingJointRadps: number;

  /** A stopped note may go to a lower string up to so far above its open pitch; 0 = never [semitones]. */
  readonly lowerStringReachSemitones: number;
  /** Where each dynamic likes to be: 0 = frog end of the window, 1 = tip end [-]. */
  readonly placeShare: ByDynamic;
  /** Part of the bow where crossings are easy, as above [-]. */
  readonly crossingShare: { readonly min: number; readonly max: number };
  /** A crossing beside a note this long costs twice the crossing beside an endless one [s]. */
  readonly quickCrossingS: number;
  readonly weights: BowingWeights;
}

/** Prices of what a musician avoids; 1 = an up-bow on a bar start. */
export interface BowingWeights {
  /** Per squared natural logarithm of speed ÷ wanted speed, ÷ what the dynamic asks for where the hair is too short for it. */
  readonly slower: number;
  readonly faster: number;
  /** The same on top, of what lies beyond `speedTolerance`. */
  readonly beyondTolerance: number;
  /** Up-bow on a bar start; half a bar and a beat cost a half and a quarter of it. */
  readonly upOnStrongBeat: number;
  readonly upOnAccent: number;
  /** The same way twice without a slur: bow stopped on the string, or lifted. */
  readonly sameWay: number;
  readonly sameWayAfterLift: number;
  /** A lift in a rest that does not need one. */
  readonly retake: number;
  /** Per metre of hair travelled in the air. */
  readonly airTravel: number;
  /** Per string crossed, at a bow change and under a slur. */
  readonly crossing: number;
  readonly crossingInSlur: number;
  /** Crossing at the very end of the bow. */
  readonly crossingPlace: number;
  /** Crossing where a joint turns twice as much as the bow. */
  readonly crossingEffort: number;
  /** A crossing for which the fastest joint would have to go twice as fast as it may. */
  readonly crossingStrain: number;
  /** A crossing that the arm objected to: more than any other way costs that there may be, at a speed that its dynamic tolerates. */
  readonly objected: number;
  /** A note not on the highest open string below it. */
  readonly lowerString: number;
  /** A stroke half a bow away from where its dynamic likes to be. */
  readonly place: number;
}

/**
 * @source bow speeds: 0.8 × the cello row of Percival's Vivi, p slower so that f is well 2.5 times as fast; β: the
 *   same table. Tolerance: the project's acceptance figure (issue 4) is 15 %
 * @source force: centre of common practice on A and D, inside Schelleng's band; at most 3 N, because above it the
 *   bowed string sinks so far that a tilt of 2 degrees touches its neighbour
 * @source lean on two strings: the project's acceptance figure is 2 degrees off a string's centre angle; a tenth of a degree less
 * @assumed all weights, times and shares
 */
export const defaultBowingSettings: BowingSettings = {
  bowSpeedMps: { pp: 0.08, p: 0.125, mp: 0.208, mf: 0.272, f: 0.336, ff: 0.4 },
  minSpeedMps: 0.06,
  maxSpeedFactor: 1.3,
  speedTolerance: 0.14,
  handAccelerationMps2: 5,
  stringAccelerationMps2: 10,
  rampS: 0.08,
  edgeMarginM: 0.01,
  binM: 0.001,

  beta: { pp: 0.192, p: 0.176, mp: 0.154, mf: 0.134, f: 0.118, ff: 0.104 },
  contactWindowM: { min: 0.06, max: 0.11 },
  maxStoppedBeta: 0.2,
  contactStepM: 0.01,
  contactSlewMps: 0.1,

  forceN: { pp: 0.3, p: 0.55, mp: 0.8, mf: 1.1, f: 1.6, ff: 2.2 },
  referenceImpedanceKgps: 0.46,
  minForceN: 0.25,
  maxForceN: 3,
  maxForceShare: 0.5,
  minForceTimes: 3,
  pairLean_rad: 0.033,
  accentAttack: { force: 1.5, speed: 1.3 },
  marteleAttack: { force: 1.8, speed: 1.4 },
  attackS: { rise: 0.07, over: 0.22 },

  soundShare: { staccato: 0.6, martele: 0.75, portato: 0.85 },
  shortestNoteS: 0.15,

  legatoGapS: 0.06,
  slurGapS: 0.15,
  liftRestS: 0.35,
  retakeRestS: 0.25,
  leaveS: 0.02,
  landS: 0.05,
  retakeSpeedMps: 0.6,
  retakeAccelerationMps2: 6,
  retakeJointRadps: 2.5,
  retakeJointRadps2: 8.6,
  crossingJointRadps: 2.5,

  lowerStringReachSemitones: 9,
  placeShare: { pp: 0.65, p: 0.6, mp: 0.5, mf: 0.45, f: 0.4, ff: 0.35 },
  crossingShare: { min: 0.2, max: 0.6 },
  quickCrossingS: 0.15,
  weights: {
    slower: 10,
    faster: 10,
    beyondTolerance: 3000,
    upOnStrongBeat: 1,
    upOnAccent: 0.3,
    sameWay: 2,
    sameWayAfterLift: 0.1,
    retake: 0.8,
    airTravel: 0.3,
    crossing: 0.25,
    crossingInSlur: 0.3,
    crossingPlace: 0.5,
    crossingEffort: 1,
    crossingStrain: 20,
    objected: 30,
    lowerString: 0.4,
    place: 0.15,
  },
};
