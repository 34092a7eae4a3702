import { soundedStrings, type BowedNote, type CoursePoint, type SoundedString } from "./bow-plan.ts";

/**
 * One line for `--explain`: how the note is bowed, in figures, and why. Notes count from 1.
 *
 * @param at its bar and beat, where it is known
 */
export function explainNote(note: BowedNote, at?: string): string {
  const hair = `${cm(note.bowStartM)} to ${cm(note.bowEndM)} cm of the bow`;
  const strings = soundedStrings(note).toReversed(); // low to high, as the table of `cellist plan` has them
  const touch = strings.map(said).join(" and ");
  const pitches = strings.map(({ midi, string }) => `${pitchName(midi)} on ${string}`).join(" and ");
  const place = `${(note.contactM * 1000).toFixed(0)} mm from the bridge`;
  return (
    `note ${note.noteIndex + 1} at ${at === undefined ? "" : `${at}, `}${note.startS.toFixed(2)} s: ${pitches}, ` +
    `${note.direction}-bow, ${note.dynamic}, ${note.bowSpeedMps.toFixed(3)} m/s, ${hair}, ${touch}, ${place}${course(note)}. ` +
    `Because: ${note.why.join("; ")}.`
  );
}

/** How force and speed move, where they do. */
function course({ course: points }: BowedNote): string {
  if (!points) return "";
  const all = (of: (point: CoursePoint) => number, digits: number): string =>
    points.map((point) => of(point).toFixed(digits)).join(" → ");
  return `, moving: ${all(({ forceN }) => forceN, 2)} N, ${all(({ speedMps }) => speedMps, 3)} m/s`;
}

const said = ({ forceN, minForceN, maxForceN }: SoundedString): string =>
  `${forceN.toFixed(2)} N (of ${minForceN.toFixed(2)} to ${maxForceN.toFixed(2)})`;

const PITCHES = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"] as const;

/** C2 = MIDI 36, the open C string. */
const pitchName = (midi: number): string => `${PITCHES[midi % 12]}${Math.floor(midi / 12) - 1}`;

const cm = (metres: number): string => (metres * 100).toFixed(1);
