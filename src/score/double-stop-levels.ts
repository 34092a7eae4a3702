import { PAIR_LEVELS, stringsOf, type PairLevel } from "./bow-level.ts";
import type { StringName } from "./score.ts";

/**
 * Widest stretch of a hand between two stopped strings, as the difference of their heights above the open pitches [semitones].
 *
 * @assumed an octave, thumb to third finger, is 7 semitones of string and 5 of hand
 */
export const HAND_SEMITONES = 5;

/** One way to stop two notes on two neighbouring strings. */
export interface DoubleStopWay {
  readonly level: PairLevel;
  /** Both notes above their open pitches [semitones]; 0 = open. */
  readonly above: readonly [lower: number, upper: number];
  /** How far apart the fingers are along the strings; 0 where a string is open [semitones]. */
  readonly stretch: number;
}

/** Pairs of neighbouring strings that hold two notes, highest first, whether or not a hand reaches both. */
export function doubleStopWays(
  lowerMidi: number,
  upperMidi: number,
  openMidi: Readonly<Record<StringName, number>>,
): readonly DoubleStopWay[] {
  return [...PAIR_LEVELS].reverse().flatMap((level): DoubleStopWay[] => {
    const [low, high] = stringsOf(level) as readonly [StringName, StringName];
    const above = [lowerMidi - openMidi[low], upperMidi - openMidi[high]] as const;
    if (above[0] < 0 || above[1] < 0) return [];
    const stretch = above[0] === 0 || above[1] === 0 ? 0 : Math.abs(above[0] - above[1]);
    return [{ level, above, stretch }];
  });
}
