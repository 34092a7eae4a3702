import type { HeardNoteInTake } from "./heard-note-in-take.ts";
import { median } from "./heard-tone.ts";
import type { WrittenNote } from "./written-note.ts";

/** What is usual for a note in its take. */
export interface Usual {
  readonly levelLufs: number;
  readonly overtonesDb: number;
  /** Heard on notes of the same pitch: others may be some decibels away for the body's sake. */
  readonly samePitch: boolean;
}

/** How much louder a step of marking usually is [dB]. @assumed p to f is 7 to 10 dB */
const STEP_DB = 3;

/** What is usual for a note: the median of others of its pitch and marking; where there are too few, of all in steps of marking. */
export function usualLevels(notes: readonly HeardNoteInTake[]): (i: number) => Usual {
  const level = ({ segment: { note } }: HeardNoteInTake): number => (note.fromLevel + note.toLevel) / 2;
  return (i) => {
    const me = notes[i]!;
    const of = (same: (a: WrittenNote) => boolean, samePitch = false): Usual | undefined => {
      const pair = me.segment.note.lowerMidi !== undefined; // two strings are louder than one
      const like = notes.filter(
        ({ segment }) => same(segment.note) && (segment.note.lowerMidi !== undefined) === pair,
      );
      if (like.length < 3) return undefined;
      const markedDb = (n: HeardNoteInTake): number => STEP_DB * (level(me) - level(n));
      return {
        levelLufs: median(like.map((n) => n.tone.levelLufs + markedDb(n)))!,
        overtonesDb: median(like.map((n) => n.tone.overtonesDb + markedDb(n)))!,
        samePitch,
      };
    };
    const { midi, dynamic } = me.segment.note;
    return (
      of((note) => note.midi === midi && note.dynamic === dynamic, true) ??
      of((note) => Math.abs(note.midi - midi) <= 2 && note.dynamic === dynamic) ??
      of((note) => note.dynamic === dynamic) ??
      of(() => true) ?? { levelLufs: me.tone.levelLufs, overtonesDb: me.tone.overtonesDb, samePitch: false }
    );
  };
}
