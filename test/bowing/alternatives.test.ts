import { expect, it } from "vitest";
import { levelOf } from "../../src/bowing/bow-plan.ts";
import { bowingAlternatives } from "../../src/bowing/alternatives.ts";
import { defaultBowingSettings } from "../../src/bowing/bowing-settings.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { randomScore, scoreOf } from "./fixture/scores.ts";

const coarse = { ...defaultBowingSettings, binM: 0.01 };

it("names what the other bow costs: an up-bow on the bar start", () => {
  const found = bowingAlternatives(scoreOf([{ quarters: 1 }]), parallelStrings, coarse);
  if (!found.ok) throw new Error("cannot be bowed");
  const [way] = found.value.ways;
  expect(way).toMatchObject({ noteIndex: 0, direction: "up", changedStrokes: 1 });
  expect(way!.extraCost).toBeCloseTo(1, 1); // the price of an up-bow on a bar start, and a little for its place
});

it("is never cheaper than the plan, cheapest first, and what a lock on that bow gives", () => {
  let compared = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const score = randomScore(seed, 8);
    const found = bowingAlternatives(score, parallelStrings, coarse);
    if (!found.ok) continue;
    const extra = found.value.ways.map(({ extraCost }) => extraCost);
    expect(extra).toEqual(extra.toSorted((a, b) => a - b));
    const plan = planBowing(score, parallelStrings, coarse);
    if (!plan.ok) throw new Error("planBowing and bowingAlternatives disagree");
    for (const way of found.value.ways) {
      if (way.direction === plan.value.notes[way.noteIndex]!.direction) continue;
      const notes = score.notes.map((note) =>
        note.index === way.noteIndex ? { ...note, bow: way.direction } : note,
      );
      const locked = planBowing({ ...score, notes }, parallelStrings, coarse);
      expect(locked.ok && levelOf(locked.value.notes[way.noteIndex]!), `seed ${seed}`).toBe(way.levels[0]);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(10);
});

it("lists a plan once, though several of its strokes go the other way", () => {
  // planned down, up. The cheapest way to begin up goes on down, and the cheapest way to go on down begins up: 1 for the up-bow on the
  // bar start, less 1/4 for the one on the beat
  const found = bowingAlternatives(scoreOf([{ quarters: 1 }, { quarters: 1 }]), parallelStrings, coarse);
  if (!found.ok) throw new Error("cannot be bowed");
  expect(found.value.ways).toMatchObject([{ noteIndex: 0, direction: "up", changedStrokes: 2 }]);
  expect(found.value.ways[0]!.extraCost).toBeCloseTo(0.75, 2);
});
