import type { RawNote } from "../raw-notes.ts";
import type { PlayedMeasure } from "./played-measures.ts";
import type { NoteSigns } from "./written-note.ts";

/** A note where it is played, ties joined. */
export interface LaidNote extends RawNote {
  readonly voice: string;
  readonly signs: NoteSigns;
  /** Number of the grace note before its main note: none for the main note itself. */
  readonly grace: "slashed" | "plain" | undefined;
  /** Not struck: a note of the one before sounds on in it. */
  readonly isHeldOn?: true;
  /** Label of the measure it begins in, for sentences. */
  readonly measure: string;
}

/** Velocity before dynamics are known. */
const NO_VELOCITY = 1;

/**
 * The notes of a part at their ticks, tied notes as one, sorted by start, grace notes before what they decorate, then the
 * lower pitch first.
 *
 * @returns also the ties that lead to no note
 */
export function layOutNotes(measures: readonly PlayedMeasure[]): {
  notes: readonly LaidNote[];
  looseTies: number;
} {
  const laid: LaidNote[] = [];
  /** Where notes that are tied on end, by pitch: index in `laid`. */
  const tied = new Map<number, number>();
  let looseTies = 0;
  for (const { startTick, measure } of measures)
    for (const note of measure.notes.toSorted((a, b) => a.offsetTicks - b.offsetTicks)) {
      const start = startTick + note.offsetTicks;
      const end = start + note.ticks;
      const before = tied.get(note.midi);
      const goesOn =
        note.tieStops && before !== undefined && laid[before]!.endTick === start && note.ticks > 0;
      if (note.tieStops && !goesOn) looseTies += 1;
      if (goesOn) laid[before] = joined(laid[before]!, end, note.signs);
      else {
        const { midi, voice, signs, grace } = note;
        laid.push({
          startTick: start,
          endTick: end,
          midi,
          velocity: NO_VELOCITY,
          voice,
          signs,
          grace,
          measure: measure.label,
        });
      }
      tied.delete(note.midi);
      if (note.tieStarts) tied.set(note.midi, goesOn ? before : laid.length - 1);
    }
  looseTies += tied.size;
  const rank = ({ grace }: LaidNote): number => (grace === undefined ? 1 : 0);
  // the sort is stable: grace notes keep their written order
  return {
    notes: laid.toSorted(
      (a, b) => a.startTick - b.startTick || rank(a) - rank(b) || (a.grace ? 0 : a.midi - b.midi),
    ),
    looseTies,
  };
}

const joined = (note: LaidNote, endTick: number, later: NoteSigns): LaidNote => ({
  ...note,
  endTick,
  signs: {
    ...note.signs,
    slurStarts: [...note.signs.slurStarts, ...later.slurStarts],
    slurStops: [...note.signs.slurStops, ...later.slurStops],
    fermata: note.signs.fermata || later.fermata,
    unplayed: [
      ...note.signs.unplayed,
      ...later.unplayed,
      ...(later.bow ? ["bow mark inside a tied note"] : []),
    ],
  },
});
