import type { BowPlan } from "../bowing/bow-plan.ts";

/** Onsets this soon after a moment already count: what goes wrong just before a note is that note's [s]. */
const AHEAD_S = 0.05;

/** Index of the note a score second belongs to; before the first note, the first. */
export const noteAt = (plan: BowPlan, atS: number): number =>
  Math.max(
    0,
    plan.notes.findLastIndex((note) => note.startS <= atS + AHEAD_S),
  );
