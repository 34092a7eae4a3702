import { CellistError } from "../errors.ts";
import { noteName } from "./note-name.ts";
import { type BarGrid, sayPlace } from "./position.ts";
import type { RawNote } from "./raw-notes.ts";

/** The open C string, C2: nothing on a cello sounds lower. */
export const LOWEST_MIDI = 36;

/**
 * Two octaves: the highest note on any string [semitones above its open pitch].
 *
 * @assumed a quarter of the string is left there, which is about where the fingerboard of an ordinary cello ends;
 *   higher notes exist only as harmonics, which are not played
 */
export const FINGERBOARD_SEMITONES = 24;

/** A5, on the A string. */
export const HIGHEST_MIDI = 57 + FINGERBOARD_SEMITONES;

export const isInRange = (midi: number): boolean => midi >= LOWEST_MIDI && midi <= HIGHEST_MIDI;

/**
 * Refuses notes that the cello does not have.
 *
 * @param transposed what the notes are moved by already [semitones]
 * @throws score-invalid with the first such note's name, bar and beat, how many there are, and a transposition
 *   by octaves that would fit, if one exists
 */
export function checkRange(notes: readonly RawNote[], grid: BarGrid, transposed = 0): void {
  const outside = notes.filter(({ midi }) => !isInRange(midi));
  const [first] = outside;
  if (first === undefined) return;
  const place = sayPlace(grid, first.startTick);
  const limit =
    first.midi < LOWEST_MIDI
      ? `lies below ${noteName(LOWEST_MIDI)}, the open C string`
      : `lies above ${noteName(HIGHEST_MIDI)}, the end of the fingerboard`;
  const more = outside.length === 1 ? "" : ` (${outside.length} notes are out of range)`;
  throw new CellistError(
    "score-invalid",
    `${noteName(first.midi)} at ${place} ${limit}${more}; ${advice(notes, transposed)}.`,
    { midi: first.midi, tick: first.startTick, place, count: outside.length },
  );
}

/** Whether a refusal is one of `checkRange`. */
export const isOutOfRange = ({ code, detail }: CellistError): boolean =>
  code === "score-invalid" && typeof detail["midi"] === "number" && typeof detail["count"] === "number";

function advice(notes: readonly RawNote[], transposed: number): string {
  const say = (more: number): string => {
    const semitones = transposed + more;
    return semitones === 0
      ? "leave the transposition out"
      : `transpose by ${semitones > 0 ? "+" : ""}${semitones} semitones`;
  };
  const low = notes.reduce((lowest, { midi }) => Math.min(lowest, midi), Infinity);
  const high = notes.reduce((highest, { midi }) => Math.max(highest, midi), -Infinity);
  for (const semitones of [12, -12, 24, -24, 36, -36])
    if (low + semitones >= LOWEST_MIDI && high + semitones <= HIGHEST_MIDI)
      return `${say(semitones)}, or choose another part`;
  const span = HIGHEST_MIDI - LOWEST_MIDI;
  return high - low <= span
    ? say(low < LOWEST_MIDI ? LOWEST_MIDI - low : HIGHEST_MIDI - high)
    : `the part spans ${high - low} semitones and a cello ${span}, so no transposition fits`;
}
