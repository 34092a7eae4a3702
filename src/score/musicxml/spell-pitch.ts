/** A pitch on the staff. */
export interface SpeltPitch {
  /** A to G. */
  readonly step: string;
  /** Sharps > 0, flats < 0. */
  readonly alter: number;
  /** Scientific: C4 is MIDI 60. */
  readonly octave: number;
}

/** Letters a fifth apart, F first. */
const FIFTHS = "FCGDAEB";
const SEMITONE: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/**
 * Lowest of the twelve names that are used, in fifths from the tonic of the major key: C major has F♯ C♯ G♯ and B♭ E♭ alone,
 * only sharps on the way up a semitone, only flats on the way down.
 */
const LOWEST_NAME = { alone: -3, up: -1, down: -6 } as const;

/** How a pitch is written in a key. @param leads which way a semitone follows it */
export function spellPitch(
  midi: number,
  keyFifths: number,
  leads: keyof typeof LOWEST_NAME = "alone",
): SpeltPitch {
  const pitchClass = ((midi % 12) + 12) % 12;
  const lowest = keyFifths + LOWEST_NAME[leads];
  // a fifth is 7 semitones, so pitch class p lies 7 p fifths above C, give or take twelve
  const fifths = lowest + ((((7 * pitchClass - lowest) % 12) + 12) % 12);
  const step = FIFTHS[(((fifths + 1) % 7) + 7) % 7]!;
  const alter = Math.floor((fifths + 1) / 7);
  return { step, alter, octave: (midi - alter - SEMITONE[step]!) / 12 - 1 };
}

/** What the key signature alone makes of a letter. */
export function keyAlter(step: string, keyFifths: number): number {
  const index = FIFTHS.indexOf(step); // order of sharps; flats come from the other end
  if (keyFifths > 0) return index < keyFifths ? 1 : 0;
  return 6 - index < -keyFifths ? -1 : 0;
}
