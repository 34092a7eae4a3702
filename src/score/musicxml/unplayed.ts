import type { LaidNote } from "./lay-out-notes.ts";
import type { PlayedMeasure } from "./played-measures.ts";

/**
 * `trill-mark: 2, first in measure 5: not played`: everything that is drawn and not bowed, one sentence a kind.
 *
 * @param bowedOn notes whose bow mark stands inside a slur
 */
export function unplayedOf(
  measures: readonly PlayedMeasure[],
  notes: readonly LaidNote[],
  bowedOn: readonly LaidNote[],
): readonly string[] {
  const found = new Map<string, { count: number; measure: string }>();
  const count = (what: string, measure: string): void => {
    const before = found.get(what);
    found.set(what, { count: (before?.count ?? 0) + 1, measure: before?.measure ?? measure });
  };
  for (const { measure } of measures) {
    for (const { says } of measure.directions) if (says.kind === "unplayed") count(says.what, measure.label);
    for (let cue = 0; cue < measure.cueNotes; cue++) count("cue notes", measure.label);
  }
  for (const { signs, measure } of notes) {
    signs.unplayed.forEach((what) => count(what, measure));
    if (signs.articulations.includes("spiccato")) count("spiccato (bowed on the string, staccato)", measure);
  }
  bowedOn.forEach(({ measure }) => count("bow mark inside a slur", measure));
  return [...found].map(
    ([what, { count: times, measure }]) => `${what}: ${times}, first in measure ${measure}: not played so`,
  );
}
