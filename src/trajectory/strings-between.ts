import type { Instrument } from "../instrument/instrument.ts";
import { contactPoint, levelLine } from "../instrument/level-line.ts";
import { dot, lerp, sub } from "../math/vec.ts";
import { levelAt } from "../score/bow-level.ts";
import { STRING_NAMES } from "../score/score.ts";

/** Two levels of the bow, as `levelNumber` counts them. */
export interface LevelWay {
  readonly fromLevel: number;
  readonly toLevel: number;
}

/** Numbers of the strings strictly between two levels. */
export function stringsBetween({ fromLevel, toLevel }: LevelWay): readonly number[] {
  const [low, high] = [Math.min(fromLevel, toLevel), Math.max(fromLevel, toLevel)];
  return STRING_NAMES.map((_, i) => i).filter((i) => low < i && i < high);
}

/** Those of them that sound at neither level: the bow must hop over them. */
export const stringsHopped = (way: LevelWay): readonly number[] =>
  stringsBetween(way).filter((i) => Math.abs(i - way.fromLevel) > 0.5 && Math.abs(i - way.toLevel) > 0.5);

/** How far some strings stand out from the straight way of the contact point between two levels; the most of them, at least 0 [m]. */
export function standOutM(
  { fromLevel, toLevel }: LevelWay,
  between: readonly number[],
  contactM: number,
  { strings }: Instrument,
): number {
  const pointAt = (level: number) => contactPoint(levelLine(strings, levelAt(level), contactM), contactM);
  const [from, to] = [pointAt(fromLevel), pointAt(toLevel)];
  const heights = between.map((i) => {
    const onWay = lerp(from, to, (i - fromLevel) / (toLevel - fromLevel));
    return dot(sub(pointAt(i), onWay), strings[STRING_NAMES[i]!].outward_B);
  });
  return Math.max(0, ...heights);
}

/**
 * How high the contact point rises over its straight way in a roll to or from two strings, at its middle [m]: so that the string
 * that both levels share is pressed all the way as it was.
 *
 *     rise(x) = 4 · x · (1 − x) · riseM,   exact on an even bridge
 */
export function rollRiseM(way: LevelWay, contactM: number, instrument: Instrument): number {
  const { fromLevel, toLevel } = way;
  if (Math.abs(fromLevel - toLevel) !== 0.5) return standOutM(way, stringsBetween(way), contactM, instrument);
  const single = Number.isInteger(fromLevel) ? fromLevel : toLevel;
  const line = instrument.strings[STRING_NAMES[single]!];
  const pair = levelLine(instrument.strings, levelAt(fromLevel + toLevel - single), contactM);
  return dot(sub(contactPoint(line, contactM), contactPoint(pair, contactM)), line.outward_B) / 4;
}
