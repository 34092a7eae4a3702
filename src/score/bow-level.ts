import { STRING_NAMES, type StringName } from "./score.ts";

/**
 * The seven levels of a bow over four strings, from the C side to the A side: on one string, or on two neighbours between
 * them.
 */
export const BOW_LEVELS = ["C", "CG", "G", "GD", "D", "DA", "A"] as const;
export type BowLevel = (typeof BOW_LEVELS)[number];
/** A level on two neighbouring strings. */
export type PairLevel = "CG" | "GD" | "DA";
export const PAIR_LEVELS = ["CG", "GD", "DA"] as const;

/** Where a level lies among the strings: 0 = C … 3 = A, two strings half-way between them [strings]. */
export const levelNumber = (level: BowLevel): number => BOW_LEVELS.indexOf(level) / 2;

/** Whether such a number is that of two strings. */
export const isPairNumber = (number: number): boolean => !Number.isInteger(number);

/** The level at such a number. @param number 0, 0.5 … 3 */
export const levelAt = (number: number): BowLevel => BOW_LEVELS[2 * number]!;

/** Strings that the hair lies on, low to high. */
export const stringsOf = (level: BowLevel): readonly [StringName] | readonly [StringName, StringName] =>
  level.length === 1 ? [level as StringName] : [level[0] as StringName, level[1] as StringName];

/** The highest string of a level: of a double stop the upper note's. */
export const topString = (level: BowLevel): StringName => stringsOf(level).at(-1)!;

/** The level on which a string is the upper of two; undefined for C, which has none below. */
export const pairUnder = (upper: StringName): PairLevel | undefined =>
  PAIR_LEVELS[STRING_NAMES.indexOf(upper) - 1];

/** How far apart two levels lie: 0 for the same, 1/2 from a string to it with its neighbour, 1 for neighbours, up to 3. */
export const levelSteps = (a: BowLevel, b: BowLevel): number => Math.abs(levelNumber(a) - levelNumber(b));

export const eachLevel = <T>(make: (level: BowLevel) => T): Readonly<Record<BowLevel, T>> =>
  Object.fromEntries(BOW_LEVELS.map((level) => [level, make(level)])) as Record<BowLevel, T>;
