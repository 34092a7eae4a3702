import { expect, it } from "vitest";
import { levelOf, type BowedNote } from "../../src/bowing/bow-plan.ts";
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

it("compares with the plan that is played, which goes around what the arm objected to", () => {
  const score = scoreOf([
    { quarters: 1, midi: 50 },
    { quarters: 1, midi: 57 },
  ]);
  const free = planBowing(score, parallelStrings, coarse);
  if (!free.ok) throw new Error("cannot be bowed");
  const [before, after] = free.value.notes as [BowedNote, BowedNote];
  const objections = (["down", "up"] as const).map((direction) => ({
    noteIndex: 1,
    from: levelOf(before),
    to: levelOf(after),
    before: direction,
    after: direction === "down" ? ("up" as const) : ("down" as const),
    bowM: 0,
    reachM: 1,
  }));
  const heeded = { objections, foresight: true };
  const told = planBowing(score, parallelStrings, coarse, heeded);
  const found = bowingAlternatives(score, parallelStrings, coarse, heeded);
  if (!told.ok || !found.ok) throw new Error("cannot be bowed");
  const [begins, goesOn] = told.value.notes as [BowedNote, BowedNote];
  expect(levelOf(goesOn) !== levelOf(after) || goesOn.direction === begins.direction).toBe(true);
  const heedless = bowingAlternatives(score, parallelStrings, coarse);
  if (!heedless.ok) throw new Error("cannot be bowed");
  expect(found.value.cost).toBeGreaterThan(heedless.value.cost);
  for (const { extraCost } of found.value.ways) expect(extraCost).toBeGreaterThanOrEqual(0);
});
