import type { Instrument } from "../instrument/instrument.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import type { BowLevel } from "../score/bow-level.ts";
import type { BowDirection, Score } from "../score/score.ts";
import { bowGrid } from "./bow-grid.ts";
import { poseProblem } from "./bowing-problem.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { NOTHING_HEEDED, type Heeded } from "./heeded.ts";
import { openStrokes } from "./open-strokes.ts";
import { cheapestBowing, type BowingProblem, type ChosenStroke } from "./programme.ts";
import type { BowingRefusal } from "./refusal.ts";
import type { StrokeOption } from "./stroke-option.ts";
import { stuckBows } from "./stuck-bows.ts";

/** Another way to bow one stroke, with the whole piece bowed as well as can be around it. */
export interface Alternative {
  /** First note of the stroke, index in `Score.notes`. */
  readonly noteIndex: number;
  readonly direction: BowDirection;
  /** One per note of the stroke. */
  readonly levels: readonly BowLevel[];
  /** What it costs more than the best plan, in the prices of `settings.weights`; 1 = an up-bow on a bar start. */
  readonly extraCost: number;
  /** Strokes that are bowed the other way or on other strings than in the best plan, this one counted. */
  readonly changedStrokes: number;
}

/** The best plan's price, and the other ways of every stroke. */
export interface Alternatives {
  readonly cost: number;
  /** Cheapest first. */
  readonly ways: readonly Alternative[];
}

/**
 * For every stroke the cheapest plan that takes it the other way, and the cheapest that takes it the same way on other strings; each
 * different plan once, by the first stroke that asks for it.
 *
 * @param heeded what the plan they are compared with was made with; what the arm objected to costs here what it costs there
 * @returns as `planBowing` where the score cannot be bowed; ways that nothing can follow are left out
 */
export function bowingAlternatives(
  score: Score,
  instrument: Instrument,
  settings: BowingSettings,
  { objections, foresight }: Heeded = NOTHING_HEEDED,
): Outcome<Alternatives, BowingRefusal> {
  const open = openStrokes(score, instrument, settings, objections);
  if (!open.ok) return open;
  const grid = bowGrid(instrument, settings);
  const posed = poseProblem(open.value, grid, settings, objections, foresight);
  if (!posed.ok) return posed;
  const { problem } = posed.value;
  const best = cheapestBowing(problem);
  if (!best) return refuse(stuckBows(open.value, problem, grid, settings));
  const told = new Set<string>(); // often the same plan takes several strokes the other way
  const ways = open.value.flatMap(({ stroke }, k) => {
    const chosen = best.strokes[k]!.option;
    return otherWays(problem, k, chosen).flatMap((options): Alternative[] => {
      const other = cheapestBowing(withOptions(problem, k, options));
      if (!other || told.has(waysOf(other.strokes))) return [];
      told.add(waysOf(other.strokes));
      const { direction, levels } = other.strokes[k]!.option;
      const changedStrokes = other.strokes.filter((one, i) => !isSameWay(one, best.strokes[i]!)).length;
      const extraCost = Math.max(0, other.cost - best.cost); // sums in another order
      return [{ noteIndex: stroke.notes[0]!.note.index, direction, levels, extraCost, changedStrokes }];
    });
  });
  return ok({ cost: best.cost, ways: ways.sort((a, b) => a.extraCost - b.extraCost) });
}

/** The options of a stroke but for the chosen one: those of the other direction, and those of this one on other strings. */
function otherWays(problem: BowingProblem, k: number, chosen: StrokeOption): readonly StrokeOption[][] {
  const options = problem.strokes[k]!;
  return [
    options.filter(({ direction }) => direction !== chosen.direction),
    options.filter((one) => one.direction === chosen.direction && one !== chosen),
  ].filter((others) => others.length > 0);
}

const withOptions = (problem: BowingProblem, k: number, options: readonly StrokeOption[]): BowingProblem => ({
  ...problem,
  strokes: problem.strokes.map((all, i) => (i === k ? options : all)),
});

const isSameWay = ({ option: a }: ChosenStroke, { option: b }: ChosenStroke): boolean =>
  a.direction === b.direction && a.levels.every((level, i) => level === b.levels[i]);

/** What tells plans apart: two with the same directions and strings are both the cheapest of those, so the same. */
const waysOf = (strokes: readonly ChosenStroke[]): string =>
  strokes.map(({ option: { direction, levels } }) => `${direction} ${levels.join(" ")}`).join("; ");
