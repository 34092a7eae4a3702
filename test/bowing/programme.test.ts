import { expect, it } from "vitest";
import { bowGrid } from "../../src/bowing/bow-grid.ts";
import { poseProblem } from "../../src/bowing/bowing-problem.ts";
import { defaultBowingSettings } from "../../src/bowing/bowing-settings.ts";
import { heldCosts, liftedCosts, reachAfter, totalCost } from "../../src/bowing/costs.ts";
import { openStrokes } from "../../src/bowing/open-strokes.ts";
import { cheapestBowing, type BowingProblem } from "../../src/bowing/programme.ts";
import { levelSteps } from "../../src/score/bow-level.ts";
import type { StrokeOption } from "../../src/bowing/stroke-option.ts";
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
        const own = totalCost(option.fixed) + option.speedCost[j]! + place;
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
  if (held) yield [endBin, totalCost(held) + steps * problem.crossingPlace[before.option.lastLevel][endBin]!];
  const lifted = liftedCosts(change, before.option, option, weights);
  if (!lifted) return;
  for (const bin of allBins)
    if (Math.abs(bin - endBin) <= reachAfter(change.reachBins, steps))
      yield [bin, totalCost(lifted) + weights.airTravel * binM * Math.abs(bin - endBin)];
}

it("finds the price that trying every bowing finds", () => {
  const grid = bowGrid(parallelStrings, coarse);
  let solved = 0;
  for (let seed = 1; seed <= 14; seed++) {
    const open = openStrokes(randomScore(seed, 5), parallelStrings, coarse);
    if (!open.ok) throw new Error("the fixture makes scores that can be read");
    const posed = poseProblem(open.value.slice(0, 4), grid, coarse);
    if (!posed.ok) continue;
    const cheapest = cheapestBowing(posed.value.problem);
    const tried = bruteForce(posed.value.problem, 0);
    if (cheapest) expect(cheapest.cost, `seed ${seed}`).toBeCloseTo(tried, 9);
    else expect(tried, `seed ${seed}`).toBe(Infinity);
    solved += cheapest ? 1 : 0;
  }
  expect(solved).toBeGreaterThan(9);
});

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
      else sum += problem.weights.airTravel * problem.binM * Math.abs(startBin - before.endBin);
    }
    expect(cheapest.cost, `seed ${seed}`).toBeCloseTo(sum, 9);
  }
});
