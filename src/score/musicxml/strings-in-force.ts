import { OPEN_MIDI } from "../open-strings.ts";
import type { NoteMarks } from "../mark-notes.ts";
import type { StringName } from "../score.ts";
import type { LaidNote } from "./lay-out-notes.ts";
import type { PlayedMeasure } from "./played-measures.ts";
import type { PartMeasure } from "./read-measure.ts";

/** A string that words ask for from here on; undefined = any. */
interface StringChange {
  readonly offsetTicks: number;
  readonly string: StringName | undefined;
}

type MarkedNote = Pick<LaidNote, "startTick" | "midi" | "measure"> & { readonly lowerMidi?: number };

/**
 * The notes that words put on a string: from "sul G" to "loco", the next "sul", or the end of the line drawn from it, as the pages go and
 * not as repeats do. Double stops lie where they must. Notes below the open string lie lower, and are told.
 *
 * @param written the measures of the part as they stand in the file
 */
export function stringsInForce(
  written: readonly PartMeasure[],
  played: readonly PlayedMeasure[],
  notes: readonly MarkedNote[],
): { readonly strings: NoteMarks["strings"]; readonly remarks: readonly string[] } {
  const changes = changesByMeasure(written);
  const strings: { first: number; last: number; value: StringName }[] = [];
  const tooLow = new Map<StringName, MarkedNote[]>();
  for (const [index, note] of notes.entries()) {
    const { startTick, measure } = played.findLast((one) => one.startTick <= note.startTick)!;
    const { string } = changes
      .get(measure)!
      .findLast(({ offsetTicks }) => startTick + offsetTicks <= note.startTick)!;
    if (string === undefined || note.lowerMidi !== undefined) continue;
    if (note.midi >= OPEN_MIDI[string]) strings.push({ first: index, last: index, value: string });
    else tooLow.set(string, [...(tooLow.get(string) ?? []), note]);
  }
  return { strings, remarks: [...tooLow].map(([string, low]) => sayTooLow(string, low)) };
}

function sayTooLow(string: StringName, low: readonly MarkedNote[]): string {
  const notes = `"sul ${string}": ${low.length} of its notes, first in measure ${low[0]!.measure},`;
  return low.length === 1
    ? `${notes} lies below the open ${string} and is played on a lower string`
    : `${notes} lie below the open ${string} and are played on lower strings`;
}

/** The changes in every measure as it is written; the first holds from its beginning. */
function changesByMeasure(
  written: readonly PartMeasure[],
): ReadonlyMap<PartMeasure, readonly StringChange[]> {
  const changes = new Map<PartMeasure, readonly StringChange[]>();
  let [string, line]: [StringName | undefined, string | undefined] = [undefined, undefined];
  for (const measure of written) {
    const here: StringChange[] = [{ offsetTicks: 0, string }];
    for (const { offsetTicks, says } of measure.directions.toSorted(
      (a, b) => a.offsetTicks - b.offsetTicks,
    )) {
      if (says.kind === "string")
        [string, line] = [says.string === "any" ? undefined : says.string, says.line];
      else if (says.kind === "line-stop" && says.line === line) [string, line] = [undefined, undefined];
      else continue;
      here.push({ offsetTicks, string });
    }
    changes.set(measure, here);
  }
  return changes;
}
