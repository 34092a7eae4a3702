import { loudnessOf } from "../../score/dynamics.ts";
import type { Dynamic, Score } from "../../score/score.ts";
import { secondsAtTick } from "../../score/tempo.ts";

/** A note as the score has it. */
export interface WrittenNote {
  /** Position in `Score.notes`. */
  readonly index: number;
  /** Score seconds. */
  readonly startS: number;
  readonly endS: number;
  /** MIDI number; of a double stop the upper note's, and the lower one's. */
  readonly midi: number;
  readonly lowerMidi?: number;
  readonly dynamic: Dynamic;
  /** Loudness marked for its start and its end, in steps of `DYNAMICS`; the same but under a hairpin; its mean where that turns inside it. */
  readonly fromLevel: number;
  readonly toLevel: number;
  /** Slurred to the note before. */
  readonly slurred: boolean;
}

export function writtenNotes(score: Score): readonly WrittenNote[] {
  const at = (tick: number): number => secondsAtTick(score.tempos, score.ticksPerQuarter, tick);
  return score.notes.map((note) => {
    const { index, startTick, endTick, midi, lowerMidi, dynamic, slurredFromPrevious } = note;
    const straight = note.swell?.turns ? undefined : note.swell;
    return {
      index,
      startS: at(startTick),
      endS: at(endTick),
      midi,
      ...(lowerMidi !== undefined && { lowerMidi }),
      dynamic,
      fromLevel: straight?.fromLevel ?? loudnessOf(note),
      toLevel: straight?.toLevel ?? loudnessOf(note),
      slurred: slurredFromPrevious,
    };
  });
}

/** Pitches that sound in a note, the upper one first. */
export const pitchesOf = ({ midi, lowerMidi }: Pick<WrittenNote, "midi" | "lowerMidi">): readonly number[] =>
  lowerMidi === undefined ? [midi] : [midi, lowerMidi];

export const samePitches = (a: WrittenNote, b: WrittenNote): boolean =>
  a.midi === b.midi && a.lowerMidi === b.lowerMidi;

export const hzOfMidi = (midi: number, a4Hz = 440): number => a4Hz * 2 ** ((midi - 69) / 12);
/** Distance from one pitch to another, upwards [cents]. */
export const centsBetween = (fromHz: number, toHz: number): number => 1200 * Math.log2(toHz / fromHz);
