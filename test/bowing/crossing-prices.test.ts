import { expect, it } from "vitest";
import { bowAtBinM, bowGrid } from "../../src/bowing/bow-grid.ts";
import { defaultBowingSettings } from "../../src/bowing/bowing-settings.ts";
import { crossingPrices, turnTimeS, type TimedCrossing } from "../../src/bowing/crossing-prices.ts";
import { strokeChange } from "../../src/bowing/costs.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { strokesOf, timedNotes } from "../../src/bowing/stroke.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { scoreOf } from "./fixture/scores.ts";

const settings = defaultBowingSettings;
const published = (await loadInstrument("paper")).instrument;

/** Neighbouring strings of the fixture lie 0.3214 rad apart; here its arm turns twice as far as the bow, three times at the tip. */
const hardToTurn = {
  ...parallelStrings,
  strings: Object.fromEntries(
    Object.entries(parallelStrings.strings).map(([name, line]) => [
      name,
      { ...line, ease: { ...line.ease, roll: [2, 3] } },
    ]),
  ) as unknown as typeof parallelStrings.strings,
};
const crossing = (turnS: number): TimedCrossing => ({
  ...{ from: "D", to: "A", before: "down", after: "up" },
  ...{ noteIndex: 1, turnS },
});

it("prices a crossing by how much faster than it may the hardest joint would have to turn in the time there is", () => {
  const grid = bowGrid(hardToTurn, settings);
  const prices = crossingPrices(grid, settings, [])(crossing(0.3))!;
  const at = (bowM: number): number =>
    prices.findIndex((_, bin) => Math.abs(bowAtBinM(grid, "A", bin) - bowM) < settings.binM / 2);
  // 0.3214 rad · 1.72 · 2 ÷ (2.5 rad/s · 0.3 s) = 1.474;  with 3: 2.211
  expect(prices[at(0.06)]).toBeCloseTo(settings.weights.crossingStrain * 0.474 ** 2, 1);
  expect(prices[at(0.5)]).toBeCloseTo(settings.weights.crossingStrain * 1.211 ** 2, 1);
  // in half a second it is easy near the frog
  expect(crossingPrices(grid, settings, [])(crossing(0.5))![at(0.06)]).toBe(0);
  expect(crossingPrices(bowGrid(parallelStrings, settings), settings, [])(crossing(0.3))).toBeUndefined();
});

it("gives a turn half of the shorter of both notes on either side, and the rest between them", () => {
  expect(turnTimeS(0.3, 0, 1)).toBe(0.3);
  expect(turnTimeS(1, 0.2, 0.3)).toBe(0.5);
});

it("crosses quick slurs of the published cell nearer the frog, where its wrist has less far to turn", () => {
  const quick = Array.from({ length: 16 }, (_, i) => ({
    ...{ midi: i % 2 === 0 ? 43 : 57, quarters: 0.6, dynamic: "p" as const },
    ...(i % 2 === 1 && { slurredFromPrevious: true }),
  }));
  const placeOf = (crossingStrain: number): number => {
    const weights = { ...settings.weights, crossingStrain };
    const plan = planBowing(scoreOf(quick), published, { ...settings, weights });
    if (!plan.ok) throw new Error("cannot be bowed");
    return Math.max(...plan.value.notes.map(({ bowStartM }) => bowStartM));
  };
  expect(placeOf(settings.weights.crossingStrain)).toBeLessThan(placeOf(0) - 0.05);
});

it("carries the bow less far in a short rest where a joint turns far for it", () => {
  const score = scoreOf([{ quarters: 0.5 }, { quarters: 0.5, rest: 0.4 }]);
  const strokes = strokesOf(timedNotes(score, settings));
  if (!strokes.ok) throw new Error("two notes and a rest");
  const [before, after] = strokes.value;
  const reachM = (turnRadpm: number): number =>
    strokeChange(before!, after!, { turnRadpm, turnPerString_rad: 0 }, settings).reachBins[0]! *
    settings.binM;
  // 0.4 s of rest leave 0.33 s of air: 6 m/s² take the hand 0.33² · 6 ÷ 5.774 = 0.113 m; 8.6 rad/s² at 2.87 rad/m half as far
  expect(reachM(1)).toBeCloseTo(0.113, 3);
  expect(reachM(2.87)).toBeCloseTo(0.056, 3);
});
