/** Everything about the sound that is chosen, not measured. SI units. */
export interface SoundSettings {
  /** Samples per second of the result and of the strings [Hz]. */
  readonly sampleRateHz: number;
  /** Pitch of A4 [Hz]. */
  readonly a4Hz: number;
  readonly bowedTrim: BowedTrim;
  readonly rosin: Rosin;
  /** Bow hair along its length: a spring and a damper side by side [N/m, kg/s]. */
  readonly hair: { readonly stiffnessNpm: number; readonly dampingKgps: number };
  /** Twisting of the string, referred to its surface. */
  readonly torsion: Torsion;
  readonly losses: StringLosses;
  /** How long a finger takes to come down, change or leave [s]. */
  readonly fingerMoveS: number;
  /** Hair force that begins to be contact [N]; twice this is contact in full. */
  readonly touchForceN: number;
  /** Level below which a string left alone is put to rest [dBFS]. */
  readonly silenceDbfs: number;
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

/**
 * Friction of rosined hair against slip speed s.
 *
 *     µ(s) = µd + Δ · v0 / (v0 + s),   Δ = drop · √(Z₀ / reference)
 */
export interface Rosin {
  /** µd [-] */
  readonly slidingCoefficient: number;
  /** Static minus sliding coefficient on a string of the reference impedance [-]. */
  readonly drop: number;
  readonly referenceImpedanceKgps: number;
  /** v0, the slip speed at which half of the drop is gone [m/s]. */
  readonly halfDropMps: number;
}

export interface Torsion {
  /** Torsional over transverse impedance, and wave speed [-]. */
  readonly impedanceRatio: number;
  readonly speedRatio: number;
  readonly q: number;
  /** What a finger sends back of a twist [-]. */
  readonly fingerGain: number;
}

/** What one return from an end of the string keeps. */
export interface StringLosses {
  /** Beyond what the bridge resistance takes, at the nut, and under a finger; each in (0, 1) [-]. */
  readonly bridgeGain: number;
  readonly nutGain: number;
  readonly fingerGain: number;
  /** Spread in time of a corner at each return, in periods of the open string [-]. */
  readonly spread: number;
}

/**
 * Settings tuned for starts that settle under the forces of common practice (`bench/sound/starts.ts`), with the
 * steady motion, its force and its pitch held by tests.
 *
 * @source trim: measured on this model under the forces of common practice
 * @assumed rosin: µd is a little under, and µs on G and C (1.3, 1.6) over, Percival's fits to cello strings
 *   (µd 0.3-0.5, µs 0.8-1.2). The drop grows with √Z₀ because players press C and G about 1.6 times as hard as A and
 *   D, the root of the ratio of impedances, so the band of good forces must grow like that; a fixed drop would have
 *   it grow with Z₀
 * @assumed hair: softer than hair alone (2.7e5 N/m in mid-bow); stiffer hair starts less well
 * @assumed torsion: impedance ratio, speed and Q near those of a cello D string (3, 5, 30-45); a finger swallows it
 * @assumed losses: all but the bridge resistance; the spread leaves a corner round enough to sharpen with force
 */
export const DEFAULT_SOUND: SoundSettings = {
  sampleRateHz: 48000,
  a4Hz: 440,
  bowedTrim: { openCents: 2, centsPerSemitone: 0.45, mostSemitones: 7 },
  rosin: { slidingCoefficient: 0.25, drop: 0.72, referenceImpedanceKgps: 0.46, halfDropMps: 0.02 },
  hair: { stiffnessNpm: 8e3, dampingKgps: 10 },
  torsion: { impedanceRatio: 4, speedRatio: 5.2, q: 25, fingerGain: 0 },
  losses: { bridgeGain: 0.9997, nutGain: 0.9995, fingerGain: 0.985, spread: 0.0025 },
  fingerMoveS: 0.018,
  touchForceN: 0.02,
  silenceDbfs: -90,
  outputPerN: 0.22,
};
