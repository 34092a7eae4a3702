import type { TimedEvent } from "./midi-events.ts";
import { noteName } from "./note-name.ts";
import { type BarGrid, sayPlace } from "./position.ts";
import { badMidi } from "./smf-error.ts";

/** A note as the file has it: begun and ended, not yet one voice, not yet in range. */
export interface RawNote {
  readonly startTick: number;
  /** > startTick */
  readonly endTick: number;
  /** 0..127, or beyond after a transposition. */
  readonly midi: number;
  /** 1..127 */
  readonly velocity: number;
}

/** The notes of one part, sorted by start, lower pitch first, and what could not become a note. */
export interface PartNotes {
  readonly notes: readonly RawNote[];
  readonly ignored: readonly string[];
}

/**
 * Joins note-on and note-off (or note-on of velocity 0) to notes. Of two sounding notes of one pitch the
 * one that began first ends first.
 *
 * @throws midi-invalid for a note that is never ended, with its name, bar and beat
 */
export function readPartNotes(events: readonly TimedEvent[], channel: number, grid: BarGrid): PartNotes {
  const sounding = new Map<number, { startTick: number; velocity: number }[]>();
  const notes: RawNote[] = [];
  let [emptyNotes, strayEnds] = [0, 0];
  for (const { tick, event } of events) {
    if ((event.type !== "noteOn" && event.type !== "noteOff") || event.channel !== channel) continue;
    const midi = event.noteNumber;
    const open = sounding.get(midi) ?? [];
    sounding.set(midi, open);
    if (event.type === "noteOn") {
      open.push({ startTick: tick, velocity: event.velocity });
      continue;
    }
    const begun = open.shift();
    if (begun === undefined) strayEnds += 1;
    else if (begun.startTick === tick) emptyNotes += 1;
    else notes.push({ ...begun, endTick: tick, midi });
  }
  refuseUnended(sounding, grid);
  notes.sort((a, b) => a.startTick - b.startTick || a.midi - b.midi);
  const ignored = [
    ...(emptyNotes > 0 ? [`notes of zero length: ${emptyNotes} ignored`] : []),
    ...(strayEnds > 0 ? [`note ends without a note: ${strayEnds} ignored`] : []),
  ];
  return { notes, ignored };
}

function refuseUnended(sounding: ReadonlyMap<number, readonly { startTick: number }[]>, grid: BarGrid): void {
  for (const [midi, open] of sounding)
    if (open[0] !== undefined)
      throw badMidi(
        `the note ${noteName(midi)} that begins at ${sayPlace(grid, open[0].startTick)} is never ended; ` +
          "the file is damaged, export it again.",
      );
}
