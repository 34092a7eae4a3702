import { expect, it } from "vitest";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { leastBins, noteShares, travelChoices } from "../../src/bowing/stroke-option.ts";
import { strokesOf, timedNotes } from "../../src/bowing/stroke.ts";
import { wantedSpeed } from "../../src/bowing/wanted-speed.ts";
import { scoreOf, type Written } from "./fixture/scores.ts";

function onlyStroke(written: readonly Written[]) {
  const strokes = strokesOf(timedNotes(scoreOf(written), settings));
  if (!strokes.ok) throw new Error("no marks, no refusal");
  expect(strokes.value).toHaveLength(1);
  return strokes.value[0]!;
}

it("offers hair from the slowest speed to the fastest, 2 % apart, the wanted first", () => {
  const speed = wantedSpeed(onlyStroke([{ quarters: 1 }]), 0.49, settings);
  const choices = [...travelChoices(speed, 490, settings)];
  // 1 s mf: 0.272 · 0.92 = 250 mm; slowest 0.06 · 0.92 = 55.2 -> 56 mm; fastest 1.3 · 0.272 · 0.92 = 325 mm
  expect(choices[0]).toBe(250);
  expect(leastBins(speed, settings)).toBe(56);
  const sorted = choices.sort((a, b) => a - b);
  expect([sorted[0], sorted.at(-1)]).toEqual([56, 325]);
  for (const [i, bins] of sorted.slice(1).entries())
    expect(bins - sorted[i]!).toBeLessThanOrEqual(0.021 * bins + 1);
});

it("wants the mean speed of a slur's dynamics, weighted by time", () => {
  // 1 s f and 3 s p: (0.336 + 3 · 0.125) / 4 = 0.17775
  const slur = onlyStroke([
    { quarters: 1, dynamic: "f" },
    { quarters: 3, dynamic: "p", slurredFromPrevious: true },
  ]);
  const speed = wantedSpeed(slur, 9, settings);
  expect(speed.limit).toBe("dynamic");
  expect(speed.wantedMps).toBeCloseTo(0.17775, 9);
});

it("slows a note that is too short for the hand to reach its speed", () => {
  // 0.1 s: ramps of 0.04 s, 5 m/s² · 0.04 s = 0.2 m/s
  const short = onlyStroke([{ quarters: 0.1, dynamic: "ff" }]);
  const speed = wantedSpeed(short, 0.49, settings);
  expect(speed.limit).toBe("hand");
  expect(speed.wantedMps).toBeCloseTo(0.2, 9);
});

it("divides a slur's hair by time, less where the bow starts and stops", () => {
  // two notes of 1 s: half each; three of 1 s: the outer ones lose half a ramp: 0.96, 1, 0.96 of 2.92
  const two = noteShares(onlyStroke([{ quarters: 1 }, { quarters: 1, slurredFromPrevious: true }]), settings);
  expect(two).toEqual([0, expect.closeTo(0.5, 12), 1]);
  const slurred = { quarters: 1, slurredFromPrevious: true };
  const three = noteShares(onlyStroke([{ quarters: 1 }, slurred, slurred]), settings);
  expect(three).toEqual([0, expect.closeTo(0.96 / 2.92, 12), expect.closeTo(1.96 / 2.92, 12), 1]);
});
