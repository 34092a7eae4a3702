import { DYNAMICS } from "../../score/score.ts";
import { hairpinsHeard } from "./hairpins-heard.ts";
import type { NoteHearing, TakeReport } from "./take-report.ts";

/** How loud the notes of each marking are, and whether the markings can be heard. */
export function dynamicsHeard(notes: readonly NoteHearing[]): TakeReport["dynamics"] {
  const heard = notes.filter((n) => n.fault !== "missing");
  const levels = DYNAMICS.flatMap((dynamic) => {
    const mine = heard.filter((n) => n.dynamic === dynamic).map((n) => n.levelLufs);
    if (mine.length === 0) return [];
    return [{ dynamic, notes: mine.length, meanLufs: mine.reduce((sum, l) => sum + l, 0) / mine.length }];
  });
  const marked = heard.map((n) => (n.fromLevel + n.toLevel) / 2);
  const agreement = new Set(marked).size < 2 ? null : rankCorrelation(marked, heard.map((n) => n.levelLufs)); // prettier-ignore
  return { levels, agreement, hairpins: hairpinsHeard(notes) };
}

/** Correlation of ranks, equal values sharing theirs, in [−1, 1]. @source Spearman (1904) */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const middle = (a.length + 1) / 2;
  const sum = (of: (i: number) => number): number => a.reduce((total, _, i) => total + of(i), 0);
  const xy = sum((i) => (x[i]! - middle) * (y[i]! - middle));
  const xx = sum((i) => (x[i]! - middle) ** 2);
  const yy = sum((i) => (y[i]! - middle) ** 2);
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

function ranksOf(values: readonly number[]): number[] {
  return values.map((v) => {
    const below = values.filter((w) => w < v).length;
    const same = values.filter((w) => w === v).length;
    return below + (same + 1) / 2;
  });
}
