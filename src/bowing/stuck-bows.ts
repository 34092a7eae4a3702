import { poseProblem } from "./bowing-problem.ts";
import type { BowGrid } from "./bow-grid.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { OpenStroke } from "./open-strokes.ts";
import { cheapestBowing, type BowingProblem } from "./programme.ts";
import type { BowingRefusal } from "./refusal.ts";

/** Fastest tempo tried for a remedy, and the step between trials [-]. */
const FASTEST_TRIAL = 4;
const TRIAL_STEP = 1.05;

/** Why a problem has no bowing: the fewest strokes in a row, ending earliest, that drive the bow past its end. */
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
  return {
    kind: "bow-too-short",
    noteIndex: first.notes[0]!.note.index,
    lastNoteIndex: last.notes.at(-1)!.note.index,
    strokes: run.length,
    startS: first.startS,
    seconds: last.endS - first.startS,
    neededM: driftBins(problem.strokes.slice(end - length, end)) * grid.binM,
    slowestMps: settings.minSpeedMps,
    availableM: narrowestBins(run, grid) * grid.binM,
    tempoFactor: fittingTempo(run, grid, settings),
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

/** How far strokes carry the bow towards the end where the last one goes, at the least. */
function driftBins(strokes: BowingProblem["strokes"]): number {
  const way = strokes.at(-1)![0]!.direction;
  return strokes.reduce((sum, options) => {
    const travels = options[0]!.travelBins;
    const forced = options.every((option) => option.direction === way);
    return sum + (forced ? Math.min(...travels) : -Math.max(...travels));
  }, 0);
}

const narrowestBins = (run: readonly OpenStroke[], grid: BowGrid): number =>
  Math.min(
    ...run.flatMap(({ candidates }) =>
      candidates.map(([name]) => Math.max(0, grid.window[name].last - grid.window[name].first)),
    ),
  );

/** Slowest tried tempo at which the run can be bowed on its own; `null` if none. */
function fittingTempo(run: readonly OpenStroke[], grid: BowGrid, settings: BowingSettings): number | null {
  for (let factor = TRIAL_STEP; factor <= FASTEST_TRIAL; factor *= TRIAL_STEP) {
    const posed = poseProblem(
      run.map((open) => faster(open, factor)),
      grid,
      settings,
    );
    if (posed.ok && cheapestBowing(posed.value.problem)) return factor;
  }
  return null;
}

const faster = (open: OpenStroke, factor: number): OpenStroke => ({
  ...open,
  stroke: {
    ...open.stroke,
    startS: open.stroke.startS / factor,
    endS: open.stroke.endS / factor,
    notes: open.stroke.notes.map((n) => ({ ...n, startS: n.startS / factor, endS: n.endS / factor })),
  },
});
