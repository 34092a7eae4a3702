import { expect, it } from "vitest";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { speedCost } from "../../src/bowing/costs.ts";

it("prices a bow off its dynamic's speed gently inside the tolerance, steeply beyond it", () => {
  // ln(110/100) = 0.0953, inside ln 1.14 = 0.1310: 10 · 0.0953² = 0.0908
  expect(speedCost(110, 100, settings)).toEqual({
    name: "faster",
    cost: expect.closeTo(0.0908, 4) as number,
  });
  // ln(120/100) = 0.1823: 10 · 0.1823² + 3000 · (0.1823 − 0.1310)² = 0.3324 + 7.892
  expect(speedCost(100, 120, settings)).toEqual({
    name: "slower",
    cost: expect.closeTo(8.224, 2) as number,
  });
  expect(speedCost(100, 100, settings).cost).toBe(0);
});

it("asks more for every bit less of a bow that is too short already for its dynamic", () => {
  // 100 bins are there where 125 were asked for: 10 · (ln²(95/125) − ln²(100/125)) = 10 · (0.0753 − 0.0498)
  expect(speedCost(95, 100, settings, { askedBins: 125 })).toEqual({
    name: "slower",
    cost: expect.closeTo(0.2552, 3) as number,
  });
  expect(speedCost(95, 100, settings).cost).toBeCloseTo(0.0263, 3);
  expect(speedCost(100, 100, settings, { askedBins: 125 }).cost).toBe(0);
});

it("leaves a slower bow less of the tolerance where the ends of its stroke are slower still", () => {
  // 1.14 · (1 − 0.05) = 1.083: ln(100/90) = 0.1054 lies 0.0256 beyond its ln; 10 · 0.1054² + 3000 · 0.0256² = 0.1110 + 1.968
  expect(speedCost(90, 100, settings, { missed: 0.05 }).cost).toBeCloseTo(2.079, 2);
  expect(speedCost(90, 100, settings).cost).toBeCloseTo(0.111, 3);
  expect(speedCost(112, 100, settings, { missed: 0.05 })).toEqual(speedCost(112, 100, settings));
});
