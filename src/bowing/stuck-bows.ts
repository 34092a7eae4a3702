import type { BowGrid } from "./bow-grid.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { FreedBows } from "./freed-bows.ts";
import type { OpenStroke } from "./open-strokes.ts";
import { cheapestBowing, type BowingProblem } from "./programme.ts";
import type { BowingRefusal } from "./refusal.ts";

/** Why a problem has no bowing: the fewest strokes in a row, ending earliest, that no bow is long enough for. */
export function stuckBows(
  open: readonly OpenStroke[],
  problem: BowingProblem,
  grid: BowGrid,
  settings: BowingSettings,
): BowingRefusal {
  const end = smallestWhere(1, open.length, (n) => !solvable(problem, 0, n));
  const length = smallestWhere(1, end, (n) => !solvable(problem, end - n, end));
  const run = open.slice(end - length, end);
  const [first, last] = [run[0]!.stroke, run.at(-1)!.stroke];
  const freed = new FreedBows(run, grid, settings);
  const forcedBy = freed.forcedBy();
  const availableM = narrowestBins(run, grid) * grid.binM;
  return {
    kind: "bow-too-short",
    noteIndex: first.notes[0]!.note.index,
    lastNoteIndex: last.notes.at(-1)!.note.index,
    strokes: run.length,
    startS: first.startS,
    seconds: last.endS - first.startS,
    neededM: availableM + freed.missingM(availableM),
    slowestMps: settings.minSpeedMps,
    availableM,
    tempoFactor: freed.tempoFactor(),
    ...(forcedBy && { forcedBy }),
    crossing: new Set(run.flatMap(({ candidates }) => candidates.map(([plain]) => plain))).size > 1,
  };
}

const solvable = (problem: BowingProblem, from: number, to: number): boolean =>
  cheapestBowing({
    ...problem,
    strokes: problem.strokes.slice(from, to),
    changes: problem.changes.slice(from, to - 1),
  }) !== undefined;

/** Smallest n in [low, high] that fulfils a condition which, once true, stays true; it is true at `high`. */
function smallestWhere(low: number, high: number, isTrue: (n: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const narrowestBins = (run: readonly OpenStroke[], grid: BowGrid): number =>
  Math.min(
    ...run.flatMap(({ candidates }) =>
      candidates.map(([name]) => Math.max(0, grid.window[name].last - grid.window[name].first)),
    ),
  );
