import { CellistError } from "../errors.ts";
import { noteName } from "./note-name.ts";
import { type BarGrid, sayPlace } from "./position.ts";
import type { RawNote } from "./raw-notes.ts";

/** Which voice to keep where several sound: the highest or the lowest. */
export type Voice = "top" | "bottom";

/**
 * One voice out of the notes of a part: each note starts at or after the end of the one before.
 *
 * A player's legato lets a note end a little after the next begins. An overlap of at most a 1/32 note, and
 * less than half the note, is trimmed and stated. Anything longer is polyphony: refused without a `voice`.
 * With one, of the notes sounding at a moment the highest (lowest) is kept; a note that begins under it is left
 * out, a note over which a higher (under which a lower) one begins is cut there.
 *
 * @throws score-invalid for polyphony without a chosen voice, with bar and beat
 */
export function oneVoice<N extends RawNote>(
  notes: readonly N[],
  grid: BarGrid,
  voice: Voice | undefined,
): { readonly notes: readonly N[]; readonly ignored: readonly string[] } {
  const rank = (note: N): number => (voice === "bottom" ? -note.midi : note.midi);
  const toleratedTicks = grid.ticksPerQuarter / 8;
  const kept: N[] = [];
  let [trimmed, leftOut, cut] = [0, 0, 0];
  const byStart = notes.toSorted((a, b) => a.startTick - b.startTick || rank(b) - rank(a));
  for (const note of byStart) {
    const before = kept.at(-1);
    const overlap = before === undefined ? 0 : before.endTick - note.startTick;
    if (before === undefined || overlap <= 0) {
      kept.push(note);
      continue;
    }
    const shortened: N = { ...before, endTick: note.startTick };
    const isLegato = passesAsLegato(before, note, grid.ticksPerQuarter);
    if (!isLegato && voice === undefined) throw polyphony(grid, before, note);
    if (!isLegato && rank(note) <= rank(before)) {
      leftOut += 1;
      continue;
    }
    // a rolled chord leaves only a splinter of its first note: that note is not part of the voice
    const isSplinter = !isLegato && shortened.endTick - shortened.startTick <= toleratedTicks;
    kept.splice(-1, 1, ...(isSplinter ? [] : [shortened]), note);
    if (isLegato) trimmed += 1;
    else if (isSplinter) leftOut += 1;
    else cut += 1;
  }
  return { notes: kept, ignored: sayChanges(voice, trimmed, leftOut, cut) };
}

/** Whether a note ends no later after the next begins than a player's legato does. @param after begins no earlier than `before` */
export function passesAsLegato(before: RawNote, after: RawNote, ticksPerQuarter: number): boolean {
  const overlap = before.endTick - after.startTick;
  return overlap <= ticksPerQuarter / 8 && overlap < (before.endTick - before.startTick) / 2;
}

function polyphony(grid: BarGrid, before: RawNote, note: RawNote): CellistError {
  const overlapTicks = before.endTick - note.startTick;
  const place = sayPlace(grid, note.startTick);
  return new CellistError(
    "score-invalid",
    `two notes sound at once at ${place}: ${noteName(before.midi)} and ${noteName(note.midi)} overlap by ` +
      `${overlapTicks} ticks (up to ${Math.floor(grid.ticksPerQuarter / 8)} pass as legato); ` +
      "choose the top or the bottom voice, or another part.",
    { tick: note.startTick, place, overlapTicks },
  );
}

function sayChanges(voice: Voice | undefined, trimmed: number, leftOut: number, cut: number): string[] {
  const said: string[] = [];
  const count = (n: number): string => (n === 1 ? "1 note" : `${n} notes`);
  if (trimmed > 0) said.push(`legato overlap: ${count(trimmed)} trimmed by at most a 1/32 note`);
  if (leftOut > 0) said.push(`voice ${voice}: ${count(leftOut)} of other voices left out`);
  if (cut > 0) said.push(`voice ${voice}: ${count(cut)} cut where the ${voice} voice moves on`);
  return said;
}
