import { EAR_TRIM } from "./ear-trim.ts";
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
  readonly ear: EarTrim;
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
 * By how many cents too sharp a string is tuned or stopped, because bow and body change its pitch: players do so by ear.
 * By the open string's MIDI number, then semitones above it; beyond the list the last value holds.
 */
export type EarTrim = Readonly<Record<number, readonly number[]>>;

/** Bow hair along its length: a spring and a damper side by side, between the string and the moving bow. */
export interface Hair {
  /** [N/m] */
  readonly stiffnessNpm: number;
  /** [kg/s] */
  readonly dampingKgps: number;
  /** How wide it lies along the string; 0 = it touches at one point [m]. @source a bow's ribbon of hair is some 10 mm wide */
  readonly widthM: number;
  /** Lines of hair across the width, where the string is slow enough for so many: at least 2 samples from one to the next [-]. */
  readonly lines: number;
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

/**
 * Strings that settle under the forces the planner gives them, in tune, with the diagrams of Schelleng and Guettler.
 *
 * The numbers of friction, hair, torsion and losses were searched together, over some 100,000 sets of them on the starts
 * of all shipped pieces, with their pitch held to 10 cents in the mean; then chosen for pitch by the speed of the twist.
 * `bench/sound/starts.ts` shows what they reach, `test/sound` holds them.
 *
 * @source friction: cold 1.03, sliding fast 0.27, within or near Percival's fits to cello strings (µs 0.82-1.12, µd
 *   0.40-0.43); hair: a tenth of the 2.7e5 N/m of all hair in mid-bow, for not all hair touches (5e4 is usual in the
 *   literature; stiffer starts less well), damping 8 kg/s; torsion: impedance 3.3 and speed about 5 times the transverse
 *   on a cello D string, Q 20-45 (here less); losses: Q of the first eight partials within Percival's table
 * @assumed losses under a finger, body (see `body-modes.ts`), room, level of the arm
 */
export const DEFAULT_SOUND: SoundSettings = {
  sampleRateHz: 48000,
  a4Hz: 440,
  ear: EAR_TRIM,
  friction: { kind: "thermal", coefficients: [0.5, 0.255, 0.274], speedsMps: [0.0045, 0.35], timeS: 1.1e-5 },
  hair: { stiffnessNpm: 2e4, dampingKgps: 8, widthM: 0, lines: 3 },
  torsion: { impedanceRatio: 3.6, speedRatio: 4.4, q: 14, fingerGain: 0.17 },
  losses: { q: 700, cornerPartial: 31, fingerGain: 0.97, fingerCornerPartial: 29.5 },
  body: { wolfQ: 14, conductanceSpkg: 0.0061, mobility: 1 },
  room: { reverberationS: 0.7, levelDb: -9, dullHz: 5000, seed: 1 },
  jointNoise: { levelDbfs: -52, seed: 1 },
  fingerMoveS: 0.018,
  shiftSPerSemitone: 0.01,
  touchForceN: 0.02,
  outputPerN: 0.22,
};

/** The usual sound, with the bow's hair so wide [m]. */
export const soundWithHair = (widthM: number): SoundSettings => ({
  ...DEFAULT_SOUND,
  hair: { ...DEFAULT_SOUND.hair, widthM },
});
