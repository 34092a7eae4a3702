import { passesAsLegato } from "../one-voice.ts";
import type { LaidNote } from "./lay-out-notes.ts";

/** A cut that leaves less of a note than this is a rounding and no rhythm [quarters]. @assumed a 1/64 note */
const LEAST_QUARTERS = 1 / 16;

/**
 * A note that is held while another moves, cut where the other begins and ends: the pieces become double stops, all in one
 * bow, because no piece after the first is struck again.
 *
 * Only what would be refused as polyphony is cut: an overlap within `oneVoice`'s legato is left to it.
 *
 * @param notes sorted by start, no grace notes
 */
export function cutHeldNotes(
  notes: readonly LaidNote[],
  ticksPerQuarter: number,
): { readonly notes: readonly LaidNote[]; readonly remarks: readonly string[] } {
  let held = 0;
  const cut = notes.flatMap((note): readonly LaidNote[] => {
    const inside = notes
      .filter((other) => other !== note && soundTogether(note, other, ticksPerQuarter))
      .flatMap(({ startTick, endTick }) => [startTick, endTick])
      .filter((tick) => note.startTick < tick && tick < note.endTick);
    const ticks = [...new Set([note.startTick, ...inside, note.endTick])].sort((a, b) => a - b);
    const isRhythm = ticks.every(
      (tick, i) => tick - (ticks[i - 1] ?? -Infinity) >= LEAST_QUARTERS * ticksPerQuarter,
    );
    if (ticks.length === 2 || !isRhythm || note.signs.tremoloMarks > 0) return [note];
    held += 1;
    return ticks.slice(1).map((endTick, i) => piece(note, ticks[i]!, endTick));
  });
  const remarks = held > 0 ? [`notes held while others move: ${held}, as double stops in one bow`] : [];
  return { notes: cut.sort((a, b) => a.startTick - b.startTick || a.midi - b.midi), remarks };
}

/** What `oneVoice` does not pass as legato. */
function soundTogether(one: LaidNote, other: LaidNote, ticksPerQuarter: number): boolean {
  const [a, b] = one.startTick <= other.startTick ? [one, other] : [other, one];
  return !passesAsLegato(a, b, ticksPerQuarter);
}

/** Signs stand where the note is begun, a fermata and the string hold for all of it. */
function piece(note: LaidNote, startTick: number, endTick: number): LaidNote {
  const [isFirst, isLast] = [startTick === note.startTick, endTick === note.endTick];
  const later = { ...note.signs, slurStarts: [], slurStops: [], articulations: [], unplayed: [] };
  const fermata = isLast && note.signs.fermata;
  return isFirst
    ? { ...note, startTick, endTick, signs: { ...note.signs, fermata } }
    : { ...note, startTick, endTick, signs: { ...later, bow: undefined, fermata }, isHeldOn: true };
}
