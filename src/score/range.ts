import { CellistError } from "../errors.ts";
import { noteName } from "./note-name.ts";
import { type BarGrid, sayPlace } from "./position.ts";
import type { RawNote } from "./raw-notes.ts";

/** The open C string, C2: nothing on a cello sounds lower. */
export const LOWEST_MIDI = 36;

/**
 * A5, two octaves above the open A string.
 *
 * @assumed a quarter of the string is left there, which is about where the fingerboard of an ordinary cello ends;
 *   higher notes exist only as harmonics, which are not played
 */
export const HIGHEST_MIDI = 81;

/**
 * Refuses notes that the cello does not have.
 *
 * @throws score-invalid with the first such note's name, bar and beat, how many there are, and a transposition
 *   by octaves that would fit, if one exists
 */
export function checkRange(notes: readonly RawNote[], grid: BarGrid): void {
  const outside = notes.filter(({ midi }) => midi < LOWEST_MIDI || midi > HIGHEST_MIDI);
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
    `${noteName(first.midi)} at ${place} ${limit}${more}; ${advice(notes)}.`,
    { midi: first.midi, tick: first.startTick, place, count: outside.length },
  );
}

function advice(notes: readonly RawNote[]): string {
  const low = notes.reduce((lowest, { midi }) => Math.min(lowest, midi), Infinity);
  const high = notes.reduce((highest, { midi }) => Math.max(highest, midi), -Infinity);
  for (const semitones of [12, -12, 24, -24, 36, -36])
    if (low + semitones >= LOWEST_MIDI && high + semitones <= HIGHEST_MIDI)
      return `transpose by ${semitones > 0 ? "+" : ""}${semitones} semitones, or choose another part`;
  const span = HIGHEST_MIDI - LOWEST_MIDI;
  return high - low <= span
    ? `transpose by ${LOWEST_MIDI - low > 0 ? "+" : ""}${low < LOWEST_MIDI ? LOWEST_MIDI - low : HIGHEST_MIDI - high} semitones`
    : `the part spans ${high - low} semitones and a cello ${span}, so no transposition fits`;
}
