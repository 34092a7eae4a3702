import { betweenDynamics, loudnessPoints } from "../score/dynamics.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowedNote } from "./bow-plan.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { hasAttack, wishesOf } from "./stroke-course.ts";

/** A hairpin or attack that moves force or speed by less than this share of what is asked is no more what was written [-]. @assumed */
const STILL_HEARD = 0.5;
/** Less than this, as a ratio, nobody asked for [-]. */
const ASKED = 1.1;

/** How a note is bowed, and the loudness that its bow brings along from the note before; see `levelBefore`. */
export type MovedNote = Pick<BowedNote, "startS" | "endS" | "course"> & {
  readonly fromLevel?: number;
  /** Speed of its whole bow by a lock on it, or on a note slurred to it [m/s]. */
  readonly bowLockMps?: number;
};

/**
 * Which of a note's movements the limits flatten: a hairpin, an attack or a new dynamic under a slur whose force or speed moves by less
 * than half of what its marks ask, by the logarithm.
 *
 * @returns clauses; none for a note that does as it is marked
 */
export function cutShort(
  note: ScoreNote,
  { startS, endS, course, fromLevel, bowLockMps }: MovedNote,
  settings: BowingSettings,
): readonly string[] {
  if (course === undefined) return [];
  const wishes = wishesOf({ note, startS, endS }, settings, fromLevel);
  const flattened = (
    table: BowingSettings["forceN"],
    asked: "force" | "speed",
    planned: "forceN" | "speedMps",
  ): boolean => {
    const wished = span(wishes.map((wish) => betweenDynamics(table, wish.level) * wish[asked]));
    return wished > Math.log(ASKED) && span(course.map((point) => point[planned])) < STILL_HEARD * wished;
  };
  const what = whatMoves(note);
  return [
    ...(flattened(settings.forceN, "force", "forceN")
      ? [
          note.override?.forceN === undefined
            ? `${what} is flatter than written: its force stays inside what string, hair and cell bear`
            : `${what} is flatter than written: its force is locked`,
        ]
      : []),
    ...(flattened(settings.bowSpeedMps, "speed", "speedMps")
      ? [
          bowLockMps === undefined
            ? `${what} moves the force more than the bow: the hand cannot change its speed so fast`
            : `${what} moves only the force: the speed of its bow is locked`,
        ]
      : []),
  ];
}

/** From the softest to the loudest, as a natural logarithm. */
const span = (values: readonly number[]): number => Math.log(Math.max(...values) / Math.min(...values));

function whatMoves(note: ScoreNote): string {
  const swells = loudnessPoints(note).some(({ level }, _, [first]) => level !== first!.level);
  const attack = `the ${note.articulation}`;
  if (!hasAttack(note)) return swells ? "the hairpin" : "the new dynamic under its slur";
  return swells ? `the hairpin with ${attack}` : attack;
}
