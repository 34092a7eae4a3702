import { CellistError } from "../errors.ts";
import { type BarGrid, sayPlace } from "./position.ts";
import type { RawNote } from "./raw-notes.ts";

/** A note, or two that begin and end together. */
export type StruckNote<N extends RawNote> = N & { readonly lowerMidi?: number };

/**
 * Joins two notes that begin and end together to one double stop, the upper note with the lower one's pitch.
 *
 * @param notes sorted by start, lower pitch first
 * @param merge what becomes of the two notes' other marks
 * @throws score-invalid for three notes or more at once, which no bow reaches
 */
export function doubleStops<N extends RawNote>(
  notes: readonly N[],
  grid: BarGrid,
  merge: (upper: N, lower: N) => N = (upper) => upper,
): readonly StruckNote<N>[] {
  const struck: StruckNote<N>[] = [];
  for (const note of notes) {
    const before = struck.at(-1);
    if (before?.startTick !== note.startTick || before.endTick !== note.endTick) {
      struck.push(note);
      continue;
    }
    const place = sayPlace(grid, note.startTick);
    if (before.lowerMidi !== undefined)
      throw new CellistError(
        "score-invalid",
        `three notes or more sound at once at ${place}; a bow lies on two strings at most: ` +
          "choose the top or the bottom voice, or another part.",
        { tick: note.startTick, place },
      );
    if (before.midi === note.midi) continue; // two voices in unison
    const [upper, lower] = note.midi > before.midi ? [note, before] : [before, note];
    struck.splice(-1, 1, { ...merge(upper, lower), lowerMidi: lower.midi });
  }
  return struck;
}

/** Every sounding pitch as a note of its own. */
export const pitchesOf = (notes: readonly StruckNote<RawNote>[]): readonly RawNote[] =>
  notes.flatMap((note) =>
    note.lowerMidi === undefined ? [note] : [{ ...note, midi: note.lowerMidi }, note],
  );

/** "unisons: 2, sounded on one string": the same pitch twice at once. @param struck the notes after `doubleStops` */
export function sayUnisons(
  notes: readonly RawNote[],
  struck: readonly StruckNote<RawNote>[],
): readonly string[] {
  const count = notes.length - pitchesOf(struck).length;
  return count > 0 ? [`unisons: ${count}, sounded on one string`] : [];
}
