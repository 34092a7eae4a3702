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
 * How a pitch is written in a key: of its names the one within three fifths below and eight above the tonic's, so that C
 * major has F♯ C♯ G♯ and B♭ E♭.
 */
export function spellPitch(midi: number, keyFifths: number): SpeltPitch {
  const pitchClass = ((midi % 12) + 12) % 12;
  const lowest = keyFifths - 3;
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
