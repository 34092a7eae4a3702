import { DYNAMICS, type Dynamic, type ScoreNote } from "./score.ts";

/**
 * MIDI velocity of each dynamic: steps of 16, mf = 80.
 *
 * @source the spacing notation programs use when they export dynamics (p 49, mp 64, mf 80, f 96, ff 112)
 */
export const VELOCITY_OF_DYNAMIC: Readonly<Record<Dynamic, number>> = {
  pp: 33,
  p: 49,
  mp: 64,
  mf: 80,
  f: 96,
  ff: 112,
};

/**
 * The dynamic nearest to a velocity; a tie goes to the louder one.
 *
 *     pp 1–40 · p 41–56 · mp 57–71 · mf 72–87 · f 88–103 · ff 104–127
 *
 * @param velocity 1..127
 */
export function dynamicOfVelocity(velocity: number): Dynamic {
  const distance = (dynamic: Dynamic): number => Math.abs(VELOCITY_OF_DYNAMIC[dynamic] - velocity);
  return DYNAMICS.reduce((best, dynamic) => (distance(dynamic) <= distance(best) ? dynamic : best));
}

/** Place of a dynamic in `DYNAMICS`: pp 0 … ff 5. */
export const levelOfDynamic = (dynamic: Dynamic): number => DYNAMICS.indexOf(dynamic);

/** The dynamic nearest to a level; half a step goes to the louder one. @param level clamped to 0 … 5 */
export const dynamicAtLevel = (level: number): Dynamic => DYNAMICS[Math.floor(clampedLevel(level) + 0.5)]!;

/** Velocity of a level between dynamics, in a straight line. @param level clamped to 0 … 5 */
export function velocityAtLevel(level: number): number {
  return Math.round(betweenDynamics(VELOCITY_OF_DYNAMIC, level));
}

/**
 * A quantity that a table gives per dynamic, at a level between two of them, in a straight line.
 *
 * @param level in steps of `DYNAMICS`, clamped to 0 … 5
 */
export function betweenDynamics(table: Readonly<Record<Dynamic, number>>, level: number): number {
  const at = clampedLevel(level);
  const low = Math.min(Math.floor(at), DYNAMICS.length - 2);
  const [a, b] = [table[DYNAMICS[low]!], table[DYNAMICS[low + 1]!]];
  return a + (b - a) * (at - low);
}

const clampedLevel = (level: number): number => Math.min(Math.max(level, 0), DYNAMICS.length - 1);

/** Loudness of a note in its middle, in steps of `DYNAMICS`. */
export const loudnessOf = ({ dynamic, swell }: Pick<ScoreNote, "dynamic" | "swell">): number =>
  swell ? (swell.fromLevel + swell.toLevel) / 2 : levelOfDynamic(dynamic);
