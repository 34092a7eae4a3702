import { expect, it } from "vitest";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { speedCost } from "../../src/bowing/costs.ts";

it("prices a bow off its dynamic's speed gently inside the tolerance, steeply beyond it", () => {
  // ln(110/100) = 0.0953, inside ln 1.14 = 0.1310: 10 · 0.0953² = 0.0908
  expect(speedCost(110, 100, settings)).toEqual({
    name: "faster",
    cost: expect.closeTo(0.0908, 4) as number,
  });
  // ln(120/100) = 0.1823: 10 · 0.1823² + 300 · (0.1823 − 0.1310)² = 0.3324 + 0.7892
  expect(speedCost(100, 120, settings)).toEqual({
    name: "slower",
    cost: expect.closeTo(1.1216, 3) as number,
  });
  expect(speedCost(100, 100, settings).cost).toBe(0);
});
