import { expect, it } from "vitest";
import { cruiseStep } from "../../src/math/cruise-step.ts";

const RAMPS = [0.3, 0.42, 0.5];
const H = 1e-4;

it("goes from 0 to 1, alike from both ends, never back", () => {
  for (const ramp of RAMPS) {
    expect([cruiseStep(-1, ramp), cruiseStep(0, ramp), cruiseStep(0.5, ramp), cruiseStep(1, ramp)]).toEqual([
      0,
      0,
      expect.closeTo(0.5, 12),
      1,
    ]);
    for (let x = 0; x < 1; x += 0.01) {
      expect(cruiseStep(x, ramp) + cruiseStep(1 - x, ramp)).toBeCloseTo(1, 12);
      expect(cruiseStep(x + 0.01, ramp)).toBeGreaterThanOrEqual(cruiseStep(x, ramp));
    }
  }
});

it("has the slope and the curvature it promises, and no jump of either", () => {
  for (const ramp of RAMPS) {
    let [slope, curvature, before, jump] = [0, 0, 0, 0];
    for (let x = 2 * H; x < 1 - 2 * H; x += H) {
      slope = Math.max(slope, (cruiseStep(x + H, ramp) - cruiseStep(x - H, ramp)) / (2 * H));
      const here = (cruiseStep(x + H, ramp) - 2 * cruiseStep(x, ramp) + cruiseStep(x - H, ramp)) / (H * H);
      jump = Math.max(jump, Math.abs(here - before));
      curvature = Math.max(curvature, Math.abs(here));
      before = here;
    }
    expect(slope).toBeCloseTo(1 / (1 - ramp), 6);
    // a ramp of 0.42: 1/(0.42 · 0.58 · 0.75) = 5.473
    expect(curvature).toBeCloseTo(1 / (ramp * (1 - ramp) * 0.75), 4);
    expect(jump).toBeLessThan(0.02 * curvature);
  }
});
