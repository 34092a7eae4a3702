import type { BodySettings } from "./body/body-modes.ts";
import type { JointNoiseSettings } from "./robot/joint-noise.ts";
import type { RoomSettings } from "./room/room.ts";
import type { HyperbolicFriction } from "./string/hyperbolic-friction.ts";
import type { ThermalFriction } from "./string/thermal-friction.ts";

/** Everything about the sound that is chosen, not measured. SI units. */
export interface SoundSettings {
  /** Samples per second of the result [Hz]; strings and body run at twice this. */
  readonly sampleRateHz: number;
  /** Pitch of A4 [Hz]. */
  readonly a4Hz: number;
  readonly bowedTrim: BowedTrim;
  readonly friction: ThermalFriction | HyperbolicFriction;
  readonly hair: Hair;
  /** Twisting of the string, referred to its surface. */
  readonly torsion: Torsion;
  readonly losses: StringLosses;
  readonly body: BodySettings;
  readonly room: RoomSettings;
  readonly jointNoise: JointNoiseSettings;
  /** How long a finger takes to come down, change or leave [s]. */
  readonly fingerMoveS: number;
  /** How much longer a shift takes than a finger's move [s per semitone beyond the hand's span]. */
  readonly shiftSPerSemitone: number;
  /** Hair force that begins to be contact [N]; twice this is contact in full. */
  readonly touchForceN: number;
  /** Full scale per newton at the bridge, ahead of the body [1/N]. */
  readonly outputPerN: number;
}

/**
 * How much too sharp strings are tuned and fingers are put down, because the bow flattens them. Players do so by ear.
 */
export interface BowedTrim {
  /** [cents] */
  readonly openCents: number;
  /** On top, per semitone that the string is stopped: a shorter string is flattened more by the same bow [cents]. */
  readonly centsPerSemitone: number;
  /** From here on it grows no more [semitones]. */
  readonly mostSemitones: number;
}

/** Bow hair along its length: a spring and a damper side by side, between the string and the moving bow. */
export interface Hair {
  /** [N/m] */
  readonly stiffnessNpm: number;
  /** [kg/s] */
  readonly dampingKgps: number;
}

export interface Torsion {
  /** Torsional over transverse impedance, and wave speed [-]. */
  readonly impedanceRatio: number;
  readonly speedRatio: number;
  readonly q: number;
  /** What a finger sends back of a twist [-]. */
  readonly fingerGain: number;
}

/** What the string itself loses; the bridge takes its share beside it. */
export interface StringLosses {
  /** Q of the string alone at low partials. */
  readonly q: number;
  /** Corner of the loss of high partials, in partials of the open string [-]. */
  readonly cornerPartial: number;
  /** What a finger sends back, in (0, 1) [-]. */
  readonly fingerGain: number;
  /** The same corner under a finger [-]. */
  readonly fingerCornerPartial: number;
}

export const DEFAULT_SOUND: SoundSettings = {
  sampleRateHz: 48000,
  a4Hz: 440,
  bowedTrim: { openCents: 0, centsPerSemitone: 0, mostSemitones: 7 },
  friction: { kind: "thermal", coefficients: [0.5, 0.255, 0.274], speedsMps: [0.0045, 0.35], timeS: 1.1e-5 },
  hair: { stiffnessNpm: 2e4, dampingKgps: 8 },
  torsion: { impedanceRatio: 3.6, speedRatio: 5.2, q: 20, fingerGain: 0.17 },
  losses: { q: 700, cornerPartial: 31, fingerGain: 0.97, fingerCornerPartial: 29.5 },
  body: { wolfQ: 14, conductanceSpkg: 0.0061, mobility: 1 },
  room: { reverberationS: 0.7, levelDb: -9, dullHz: 5000, seed: 1 },
  jointNoise: { levelDbfs: -52, seed: 1 },
  fingerMoveS: 0.018,
  shiftSPerSemitone: 0.01,
  touchForceN: 0.02,
  outputPerN: 0.22,
};
