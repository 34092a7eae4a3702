import { expect, it } from "vitest";
import { fasterTempo, fastestTempo, slowestTempo } from "../../src/planning/fastest-tempo.ts";

it.each([0.99, 0.9, 0.83, 0.5])("finds the last playable per cent below the written tempo (%d)", (limit) => {
  expect(fastestTempo((factor) => factor <= limit + 1e-9)).toBeCloseTo(limit, 9);
});

it("finds a window that is closed below too, where a slow slur runs out of bow", () => {
  expect(fastestTempo((factor) => factor <= 0.74 && factor >= 0.6)).toBeCloseTo(0.74, 9);
});

it("says so when no tempo helps", () => {
  expect(fastestTempo(() => false)).toBeUndefined();
});

it("knows the slowest tempo, which may lie below a slow slur that runs out of bow", () => {
  expect(slowestTempo((factor) => factor >= 0.65)).toBeCloseTo(0.7, 9);
  expect(slowestTempo(() => true)).toBeCloseTo(0.5, 9);
  expect(slowestTempo((factor) => factor >= 0.65, 0.7)).toBeUndefined();
});

it("comes near the fastest tempo in few trials, and stays at one that plays", () => {
  const tried: number[] = [];
  const upTo = (limit: number, mostTrials: number) =>
    fasterTempo((factor) => (tried.push(factor), factor <= limit), { plays: 0.5, refused: 1 }, mostTrials);
  expect(upTo(0.68, 4)).toBe(0.68);
  expect(tried).toEqual([0.75, 0.62, 0.68, 0.71]);
  expect(upTo(0.73, 3)).toBe(0.68); // between 0.68 and 0.75 nothing was tried any more
  expect(upTo(0.5, 9)).toBe(0.5);
});
