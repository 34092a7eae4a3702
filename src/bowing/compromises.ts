import { betweenDynamics, loudnessAt, loudnessOf } from "../score/dynamics.ts";
import { sayPlace } from "../score/position.ts";
import type { Score, ScoreNote } from "../score/score.ts";
import type { BowedNote, BowPlan } from "./bow-plan.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { cutShort, type MovedNote } from "./cut-short.ts";
import { heldLocks } from "./held-locks.ts";
import { SHORTEST_MARTELE_S } from "./stroke.ts";

/**
 * What is written and the arm does otherwise, one sentence a kind with its first place: never flattened in silence.
 *
 * @param score the one that was bowed
 */
export function compromises(
  score: Score,
  { notes: bowed }: BowPlan,
  settings: BowingSettings,
): readonly string[] {
  const locks = bowLocks(score, bowed);
  const slow = slowStrokes(score, bowed, locks, settings);
  const found = new Map<string, { count: number; first: ScoreNote }>();
  for (const [i, one] of bowed.entries()) {
    const note = score.notes[one.noteIndex]!;
    const before = bowed[i - 1];
    const bowLockMps = locks.get(one.stroke);
    const fromLevel =
      before?.stroke === one.stroke ? loudnessAt(score.notes[before.noteIndex]!, 1) : undefined;
    const moved = {
      ...one,
      ...(fromLevel !== undefined && { fromLevel }),
      ...(bowLockMps !== undefined && { bowLockMps }),
    };
    for (const what of [
      ...compromisesOf(note, moved, settings),
      ...heldLocks(note.override ?? {}, one, bowLockMps),
      ...(slow.has(one.stroke) ? [slow.get(one.stroke)!] : []),
    ]) {
      const known = found.get(what);
      found.set(what, { count: (known?.count ?? 0) + 1, first: known?.first ?? note });
    }
  }
  return [...found].map(
    ([what, { count, first }]) =>
      `${count === 1 ? "1 note" : `${count} notes`}, first in ${sayPlace(score, first.startTick)}: ${what}`,
  );
}

/** The same for one note, in clauses; how fast its stroke is, `reasons` says in figures. */
export const compromisesOf = (
  note: ScoreNote,
  bowed: MovedNote & Pick<BowedNote, "articulation">,
  settings: BowingSettings,
): readonly string[] => [
  ...(note.articulation === bowed.articulation
    ? []
    : [
        `the ${note.articulation} is bowed as ${bowed.articulation}: ` +
          `a note shorter than ${SHORTEST_MARTELE_S} s leaves no time for its attack`,
      ]),
  ...(note.articulation === "tremolo"
    ? ["tremolo is bowed as one long note: the arm does not change its bow so fast"]
    : []),
  ...cutShort({ ...note, articulation: bowed.articulation }, bowed, settings),
];

/** Speeds that locks give to whole bows, by stroke: that of its first note that has one [m/s]. */
function bowLocks(score: Score, bowed: readonly BowedNote[]): ReadonlyMap<number, number> {
  const locks = new Map<number, number>();
  for (const { noteIndex, stroke } of bowed) {
    const speedMps = score.notes[noteIndex]!.override?.speedMps;
    if (speedMps !== undefined && !locks.has(stroke)) locks.set(stroke, speedMps);
  }
  return locks;
}

/** Strokes slower than their dynamics by more than is still heard as them, and why. */
function slowStrokes(
  score: Score,
  bowed: readonly BowedNote[],
  locks: ReadonlyMap<number, number>,
  { bowSpeedMps, speedTolerance, rampS }: BowingSettings,
): ReadonlyMap<number, string> {
  const strokes = new Map<number, BowedNote[]>();
  for (const note of bowed) strokes.set(note.stroke, [...(strokes.get(note.stroke) ?? []), note]);
  const slow = new Map<number, string>();
  for (const [stroke, notes] of strokes) {
    const durationS = notes.at(-1)!.endS - notes[0]!.startS;
    const askedMps = notes.reduce((sum, { noteIndex, startS, endS }) => {
      const level = loudnessOf(score.notes[noteIndex]!);
      return sum + (betweenDynamics(bowSpeedMps, level) * (endS - startS)) / durationS;
    }, 0);
    if (locks.has(stroke) || notes[0]!.bowSpeedMps * (1 + speedTolerance) >= askedMps * (1 - ROUNDING))
      continue;
    slow.set(
      stroke,
      durationS < TWO_RAMPS * rampS
        ? "too short for the bow to reach the speed of its dynamic"
        : "bowed slower than its dynamic asks, because the bow is not longer",
    );
  }
  return slow;
}

/** Hair comes in whole bins. */
const ROUNDING = 0.01;
/** A stroke shorter than so many ramps is bounded by them. */
const TWO_RAMPS = 2.5;
