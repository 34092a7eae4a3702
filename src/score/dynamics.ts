import { DYNAMICS, type Dynamic, type ScoreNote, type SwellTurn } from "./score.ts";

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

type Loud = Pick<ScoreNote, "dynamic" | "swell">;

/** How the loudness of a note moves, in straight lines: at least its start (share 0) and its end (share 1). */
export function loudnessPoints({ dynamic, swell }: Loud): readonly SwellTurn[] {
  const own = levelOfDynamic(dynamic);
  const { fromLevel, toLevel, turns = [] } = swell ?? { fromLevel: own, toLevel: own };
  return [{ share: 0, level: fromLevel }, ...turns, { share: 1, level: toLevel }];
}

/** As a part would print it: mf, p<f, p<f>p. */
export const sayLoudness = (note: Loud): string =>
  loudnessPoints(note).reduce((said, { level }, i, points) => {
    const before = points[i - 1];
    if (!before) return note.swell ? dynamicAtLevel(level) : note.dynamic;
    return level === before.level
      ? said
      : `${said}${level > before.level ? "<" : ">"}${dynamicAtLevel(level)}`;
  }, "");

/** Loudness of a note on the mean, in steps of `DYNAMICS`. */
export const loudnessOf = (note: Loud): number =>
  loudnessPoints(note).reduce((sum, { share, level }, i, points) => {
    const before = points[i - 1] ?? { share, level };
    return sum + (share - before.share) * ((level + before.level) / 2);
  }, 0);

/** Loudness when part of a note is over, in steps of `DYNAMICS`. @param share 0 … 1 */
export function loudnessAt(note: Loud, share: number): number {
  const points = loudnessPoints(note);
  const i = Math.max(
    1,
    points.findIndex((point) => point.share >= share),
  );
  const [a, b] = [points[i - 1]!, points[i]!];
  return a.level + ((share - a.share) / (b.share - a.share)) * (b.level - a.level);
}
