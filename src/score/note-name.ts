const SHARP_NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"] as const;
const SEMITONE_OF_LETTER: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/**
 * Name of a MIDI number in scientific pitch, black keys as sharps: 36 is "C2", 54 is "F#3", 60 is "C4".
 *
 * @param midi integer; may lie outside 0..127 after a transposition
 */
export function noteName(midi: number): string {
  const octave = Math.floor(midi / 12) - 1;
  return `${SHARP_NAMES[midi - (octave + 1) * 12] ?? "?"}${octave}`;
}

/** MIDI number of a name such as "F#3", "Bb2" or "C4"; undefined where it is not a note name. */
export function midiOfNoteName(name: string): number | undefined {
  const parts = /^([A-G])([#b]?)(-?\d)$/.exec(name);
  if (parts === null) return undefined;
  const [, letter, accidental, octave] = parts;
  const shift = accidental === "#" ? 1 : accidental === "b" ? -1 : 0;
  return (Number(octave) + 1) * 12 + SEMITONE_OF_LETTER[letter!]! + shift;
}
