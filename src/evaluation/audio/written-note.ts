import type { Dynamic, Score } from "../../score/score.ts";
import { secondsAtTick } from "../../score/tempo.ts";

/** A note as the score has it. */
export interface WrittenNote {
  /** Position in `Score.notes`. */
  readonly index: number;
  /** Score seconds. */
  readonly startS: number;
  readonly endS: number;
  /** MIDI number. */
  readonly midi: number;
  readonly dynamic: Dynamic;
  /** Slurred to the note before. */
  readonly slurred: boolean;
}

export function writtenNotes(score: Score): readonly WrittenNote[] {
  const at = (tick: number): number => secondsAtTick(score.tempos, score.ticksPerQuarter, tick);
  return score.notes.map(({ index, startTick, endTick, midi, dynamic, slurredFromPrevious }) => ({
    index,
    startS: at(startTick),
    endS: at(endTick),
    midi,
    dynamic,
    slurred: slurredFromPrevious,
  }));
}

export const hzOfMidi = (midi: number, a4Hz = 440): number => a4Hz * 2 ** ((midi - 69) / 12);
/** Distance from one pitch to another, upwards [cents]. */
export const centsBetween = (fromHz: number, toHz: number): number => 1200 * Math.log2(toHz / fromHz);
