import type { StaffMeasure } from "./staff-pieces.ts";

export interface Clef {
  readonly sign: "F" | "C" | "G";
  readonly line: number;
}

const BASS: Clef = { sign: "F", line: 4 };
const TENOR: Clef = { sign: "C", line: 4 };
const TREBLE: Clef = { sign: "G", line: 2 };

/** Above these a measure is read more easily in the next clef; a little below it goes back [MIDI]. @assumed */
const HIGHEST_IN_BASS = 64;
const HIGHEST_IN_TENOR = 76;
const BACK = 7;

/** A clef for every measure by its highest note, changed only where that saves ledger lines. */
export function clefsOf(measures: readonly StaffMeasure[]): readonly Clef[] {
  let clef = BASS;
  return measures.map(({ pieces }) => {
    const sounding = pieces.flatMap(({ note }) => (note ? [note.midi] : []));
    if (sounding.length === 0) return clef;
    const high = Math.max(...sounding);
    const stay = (limit: number, upper: Clef): number => (clef === upper ? limit - BACK : limit);
    if (high > stay(HIGHEST_IN_TENOR, TREBLE)) clef = TREBLE;
    else clef = high > stay(HIGHEST_IN_BASS, TENOR) ? TENOR : BASS;
    return clef;
  });
}
