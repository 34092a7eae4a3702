import type { BowedNote } from "../bowing/bow-plan.ts";
import { lastIndex } from "../math/last-index.ts";
import { valueAt } from "../math/smooth-points.ts";
import { smoothstep } from "../math/smoothstep.ts";
import { lowerShare } from "./pressing.ts";

/**
 * Planned force, moving from note to note around each onset [N].
 *
 * @param apart notes whose force is their own from their onset on: what is between is a hop, or a roll to or from two strings
 */
export function forceAt(
  notes: readonly BowedNote[],
  scoreS: number,
  blendS: number,
  apart: ReadonlySet<number>,
): number {
  const index = soundingAt(notes, scoreS, blendS);
  const [before, here] = [notes[index - 1], notes[index]!];
  const forceN = courseForceN(here, scoreS);
  if (!before) return forceN;
  const beforeN = courseForceN(before, before.endS);
  return beforeN + (forceN - beforeN) * blended(here, scoreS, blendS, apart.has(index));
}

/** How far it is from the note before to this one, 0..1: around its onset, or all at once there where they are apart. */
const blended = ({ startS }: BowedNote, scoreS: number, blendS: number, isApart: boolean): number =>
  isApart ? Number(scoreS >= startS) : smoothstep((scoreS - startS) / blendS + 0.5);

/** A note's force along its course [N]. */
const courseForceN = ({ course, forceN }: BowedNote, scoreS: number): number =>
  course
    ? valueAt(
        course.map((point) => ({ at: point.atS, value: point.forceN })),
        scoreS,
      )
    : forceN;

/** In a hop the force changes while the hair is up: it leaves as the old note was pressed, and lands as the new one is [N]. */
export const forceInHop = (notes: readonly BowedNote[], to: number, turn: number): number => {
  const [old, next] = [notes[to - 1]!, notes[to]!];
  const [before, after] = [courseForceN(old, old.endS), courseForceN(next, next.startS)];
  return before + (after - before) * smoothstep((turn - 0.5) / UP_SHARE + 0.5);
};
/** Share of a hop's turn, around its middle, in which the hair is surely up [-]. @assumed */
const UP_SHARE = 0.2;

/** In a roll to or from two strings the old level is pressed as the old note asks, the new one as the new note does [N]. */
export function forcesInRoll(notes: readonly BowedNote[], to: number, scoreS: number) {
  const [old, next] = [notes[to - 1]!, notes[to]!];
  return {
    from: courseForceN(old, Math.min(scoreS, old.endS)),
    to: courseForceN(next, Math.max(scoreS, next.startS)),
  };
}

/** Shares of a double stop's lower string, moving from note to note as the force does; undefined on one string. */
export function restingShares(
  notes: readonly BowedNote[],
  scoreS: number,
  blendS: number,
  apart: ReadonlySet<number>,
) {
  const index = soundingAt(notes, scoreS, blendS);
  const [before, here] = [notes[index - 1], notes[index]!];
  const [old, now] = [before && lowerShare(before), lowerShare(here)];
  const share =
    old === undefined || now === undefined
      ? (now ?? old)
      : old + (now - old) * blended(here, scoreS, blendS, apart.has(index));
  return { from: share, to: share };
}

/** The note whose blend has begun, by its place in the plan; the first before any has. */
const soundingAt = (notes: readonly BowedNote[], scoreS: number, blendS: number): number =>
  Math.max(
    0,
    lastIndex(notes, (n) => n.startS - blendS / 2 <= scoreS),
  );
