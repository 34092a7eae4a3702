import { noteName } from "../score/note-name.ts";
import { tickAtBarBeat } from "../score/position.ts";
import type { Score, ScoreNote, StringName } from "../score/score.ts";
import { secondsAtTick } from "../score/tempo.ts";
import type { Pen } from "./drawing.ts";

/** More numbers of bars than this would run into each other. */
const MOST_BAR_NUMBERS = 30;
/** Semitones above the highest note that are left free, for a word about one of them. */
const FREE_ABOVE = 5;
/** Half the height of a note [semitones]. */
const HALF = 0.45;

/** The pitches to be seen: every note of a score, and a little more. */
export function pitchesOf({ notes }: Score): readonly [number, number] {
  const pitches = notes.flatMap(soundingPitches);
  return [Math.min(...pitches) - 2, Math.max(...pitches) + FREE_ABOVE];
}

/**
 * The notes over score seconds by pitch, with the bars.
 *
 * @param lookOf class of a note's block: the string that sounds; absent where none is bowed
 */
export function scorePanel(
  score: Score,
  pen: Pen,
  lookOf: (noteIndex: number, midi: number) => StringName | "red" | undefined,
  marks: readonly string[],
): string {
  const bars = barStarts(score);
  const every = [1, 2, 5, 10, 20, 50, 100].find((n) => bars.length / n <= MOST_BAR_NUMBERS) ?? 200;
  const octaves = [24, 36, 48, 60, 72, 84, 96].filter((midi) => midi < pitchesOf(score)[1]);
  const blocks = score.notes.flatMap((note) => {
    const { startS, endS } = noteSeconds(score, note);
    return soundingPitches(note).map((midi) =>
      pen.block(startS, midi - HALF, endS, midi + HALF, lookOf(note.index, midi) ?? "grey"),
    );
  });
  return pen.panel(
    [
      ...bars.map((s) => pen.line(s, -1e3, s, 1e3, "faint")),
      ...octaves.map((midi) => pen.line(-1e3, midi, 1e4, midi, "faint")),
      ...marks,
      ...blocks,
    ],
    [
      ...bars.flatMap((s, i) => (i % every === 0 ? [pen.below(s, String(i + 1))] : [])),
      ...octaves.filter((midi) => midi > pitchesOf(score)[0]).map((midi) => pen.atLeft(midi, noteName(midi))),
    ],
  );
}

/** When a note sounds [score s]. */
export const noteSeconds = ({ tempos, ticksPerQuarter }: Score, { startTick, endTick }: ScoreNote) => ({
  startS: secondsAtTick(tempos, ticksPerQuarter, startTick),
  endS: secondsAtTick(tempos, ticksPerQuarter, endTick),
});

/** A double stop sounds twice. */
const soundingPitches = ({ midi, lowerMidi }: ScoreNote): readonly number[] =>
  lowerMidi === undefined ? [midi] : [midi, lowerMidi];

function barStarts(score: Score): readonly number[] {
  const starts: number[] = [];
  for (let bar = 1; ; bar++) {
    const tick = tickAtBarBeat(score, { bar, beat: 1, fraction: 0 });
    if (tick === undefined || tick >= score.endTick) return starts;
    starts.push(secondsAtTick(score.tempos, score.ticksPerQuarter, tick));
  }
}
