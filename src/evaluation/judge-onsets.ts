import { driftOf } from "./drift.ts";
import type { NoteReport, OnsetReport } from "./performance-report.ts";

/** Onset errors of the notes that the bow begins, over the whole performance. */
export function judgeOnsets(notes: readonly NoteReport[]): OnsetReport {
  const errors = notes.flatMap((note) => note.onset.errorS ?? []);
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  return {
    count: errors.length,
    medianAbsS: quantile(sizes, 0.5),
    p95AbsS: quantile(sizes, 0.95),
    maxAbsS: sizes.at(-1) ?? null,
    meanS: mean(errors),
    driftS: driftOf(notes),
  };
}

/**
 * Value below which a share of a sorted list lies, linear between neighbours: of [1, 2, 3] the median is 2, the 0.75
 * quantile 2.5. Null for an empty list.
 */
export function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low + (place - below) * (high - low);
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length;
