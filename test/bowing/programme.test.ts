import { expect, it } from "vitest";
import { bowAtBinM, bowGrid } from "../../src/bowing/bow-grid.ts";
import { poseProblem } from "../../src/bowing/bowing-problem.ts";
import { defaultBowingSettings } from "../../src/bowing/bowing-settings.ts";
import { heldCosts, liftedCosts, reachAfter, totalCost } from "../../src/bowing/costs.ts";
import { openStrokes } from "../../src/bowing/open-strokes.ts";
import { isSameWay, type Objection } from "../../src/bowing/objection.ts";
import { cheapestBowing, type BowingProblem, type ChosenStroke } from "../../src/bowing/programme.ts";
import { levelSteps } from "../../src/score/bow-level.ts";
import type { Score } from "../../src/score/score.ts";
import { noteShares, type StrokeOption } from "../../src/bowing/stroke-option.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { randomScore } from "./fixture/scores.ts";

/** 49 cm of bow in 13 bins: few enough to try everything. */
const coarse = { ...defaultBowingSettings, binM: 0.04, landS: 0.02 };

interface Bowed {
  readonly option: StrokeOption;
  readonly endBin: number;
}

/** Cheapest price of strokes k.. by trying every direction, string, start, hair and lift. */
function bruteForce(problem: BowingProblem, k: number, before?: Bowed): number {
  let least = Infinity;
  for (const option of problem.strokes[k] ?? [])
    for (const [startBin, price] of waysIn(problem, k, option, before))
      for (const [j, travel] of option.travelBins.entries()) {
        if (startBin < option.firstStart[j]! || startBin > option.lastStart[j]!) continue;
        const endBin = startBin + (option.direction === "down" ? travel : -travel);
        const place = option.startPlace[startBin]! + option.endPlace[endBin]! - option.placeRelief[j]!;
        const inside = option.crossedInside?.(startBin, endBin - startBin) ?? 0;
        const own = totalCost(option.fixed) + option.speedCost[j]! + place + inside;
        least = Math.min(least, price + own + bruteForce(problem, k + 1, { option, endBin }));
      }
  return problem.strokes[k] ? least : 0;
}

/** Start bins of a stroke and the price to get there. */
function* waysIn(
  problem: BowingProblem,
  k: number,
  option: StrokeOption,
  before?: Bowed,
): Generator<[startBin: number, price: number]> {
  const { weights, bins, binM } = problem;
  const allBins = Array.from({ length: bins }, (_, bin) => bin);
  if (!before) return yield* allBins.map((bin): [number, number] => [bin, 0]);
  const change = problem.changes[k - 1]!;
  const { endBin } = before;
  const steps = levelSteps(before.option.lastLevel, option.firstLevel);
  const held = heldCosts(change, before.option, option, weights);
  const crossed = problem.crossedInto(k, before.option, option)?.[endBin] ?? 0;
  if (held)
    yield [
      endBin,
      totalCost(held) + steps * problem.crossingPlace[before.option.lastLevel][endBin]! + crossed,
    ];
  const lifted = liftedCosts(change, before.option, option, weights);
  if (!lifted) return;
  for (const bin of allBins)
    if (Math.abs(bin - endBin) <= reachAfter(change.reachBins, steps))
      yield [bin, totalCost(lifted) + weights.airTravel * binM * Math.abs(bin - endBin)];
}

const solved = (score: Score, objections: readonly Objection[]): ChosenStroke[] | undefined => {
  const grid = bowGrid(parallelStrings, coarse);
  const open = openStrokes(score, parallelStrings, coarse, objections);
  if (!open.ok) throw new Error("the fixture makes scores that can be read");
  const posed = poseProblem(open.value.slice(0, 4), grid, coarse, objections);
  if (!posed.ok) return undefined;
  const cheapest = cheapestBowing(posed.value.problem);
  const tried = bruteForce(posed.value.problem, 0);
  if (cheapest) expect(cheapest.cost).toBeCloseTo(tried, 9);
  else expect(tried).toBe(Infinity);
  return cheapest && [...cheapest.strokes];
};

/** Objections to every crossing that strokes take, between them and inside. */
function objectionsTo(score: Score, strokes: readonly ChosenStroke[]): readonly Objection[] {
  const grid = bowGrid(parallelStrings, coarse);
  const open = openStrokes(score, parallelStrings, coarse);
  if (!open.ok) return [];
  return strokes.flatMap(({ option, startBin, endBin }, k) => {
    const { notes } = open.value[k]!.stroke;
    const shares = noteShares(open.value[k]!.stroke, coarse);
    const before = strokes[k - 1]?.option;
    return option.levels.flatMap((to, i): Objection[] => {
      const from = i > 0 ? option.levels[i - 1]! : before?.lastLevel;
      if (from === undefined || from === to) return [];
      const bowM = bowAtBinM(grid, to, startBin + shares[i]! * (endBin - startBin));
      const directions = { before: i > 0 ? option.direction : before!.direction, after: option.direction };
      return [{ noteIndex: notes[i]!.note.index, from, to, ...directions, bowM, reachM: 0.05 }];
    });
  });
}

it("finds the price that trying every bowing finds, and takes another way where the arm objects", () => {
  let [found, moved] = [0, 0];
  for (let seed = 1; seed <= 14; seed++) {
    const score = randomScore(seed, 5);
    const first = solved(score, []);
    if (!first) continue;
    found += 1;
    const objections = objectionsTo(score, first);
    if (objections.length === 0) continue;
    const again = objectionsTo(score, solved(score, objections)!);
    moved += again.some((one) => objections.some((told) => holdsFor(told, one))) ? 0 : 1;
  }
  expect(found).toBeGreaterThan(9);
  expect(moved).toBeGreaterThan(4);
});

const holdsFor = (told: Objection, one: Objection): boolean =>
  told.noteIndex === one.noteIndex && isSameWay(told, one) && Math.abs(told.bowM - one.bowM) <= told.reachM;

it("returns strokes whose prices add up to the price it names", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const open = openStrokes(randomScore(seed, 30), parallelStrings, defaultBowingSettings);
    if (!open.ok) throw new Error("the fixture makes scores that can be read");
    const grid = bowGrid(parallelStrings, defaultBowingSettings);
    const posed = poseProblem(open.value, grid, defaultBowingSettings);
    const cheapest = posed.ok ? cheapestBowing(posed.value.problem) : undefined;
    if (!posed.ok || !cheapest) continue;
    const { problem } = posed.value;
    let sum = 0;
    for (const [k, { option, travel, startBin, endBin, liftedBefore }] of cheapest.strokes.entries()) {
      sum += totalCost(option.fixed) + option.speedCost[travel]!;
      sum += option.startPlace[startBin]! + option.endPlace[endBin]! - option.placeRelief[travel]!;
      sum += option.crossedInside?.(startBin, endBin - startBin) ?? 0;
      const before = cheapest.strokes[k - 1];
      if (!before) continue;
      const costs = (liftedBefore ? liftedCosts : heldCosts)(
        problem.changes[k - 1]!,
        before.option,
        option,
        problem.weights,
      );
      sum += totalCost(costs!);
      const steps = levelSteps(before.option.lastLevel, option.firstLevel);
      if (!liftedBefore) sum += steps * problem.crossingPlace[before.option.lastLevel][before.endBin]!;
      if (!liftedBefore) sum += problem.crossedInto(k, before.option, option)?.[before.endBin] ?? 0;
      else sum += problem.weights.airTravel * problem.binM * Math.abs(startBin - before.endBin);
    }
    expect(cheapest.cost, `seed ${seed}`).toBeCloseTo(sum, 9);
  }
});
