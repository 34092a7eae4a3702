import { expect, it } from "vitest";
import {
  longestStrokeS,
  rampTimeS,
  strokeProgressM,
  strokeSpeedMps,
  strokeTravelM,
} from "../../src/bowing/stroke-travel.ts";

it("loses one ramp time of travel per stroke", () => {
  // 0.2 m/s for 1 s with 0.08 s ramps: 0.2 · (1 − 0.08) = 0.184 m
  expect(strokeTravelM(0.2, 1, 0.08)).toBeCloseTo(0.184, 12);
  // 0.1 s note: ramps are cut to 0.04 s, 0.2 · 0.06 = 0.012 m
  expect(rampTimeS(0.1, 0.08)).toBeCloseTo(0.04, 12);
  expect(strokeTravelM(0.2, 0.1, 0.08)).toBeCloseTo(0.012, 12);
});

it("finds the speed that uses a given length of hair, and the time it lasts", () => {
  for (const durationS of [0.05, 0.19, 0.21, 1, 7]) {
    const travelM = strokeTravelM(0.3, durationS, 0.08);
    expect(strokeSpeedMps(travelM, durationS, 0.08)).toBeCloseTo(0.3, 12);
    expect(longestStrokeS(travelM, 0.3, 0.08)).toBeCloseTo(durationS, 12);
  }
});

it("moves steadily between ramps, is half-way at half time and never goes back", () => {
  const stroke = { speedMps: 0.25, durationS: 0.8, rampS: 0.08 };
  const wholeM = strokeTravelM(0.25, 0.8, 0.08);
  expect(strokeProgressM(stroke, 0)).toBe(0);
  expect(strokeProgressM(stroke, 0.08)).toBeCloseTo(0.25 * 0.04, 12); // a ramp covers half of v · r
  expect(strokeProgressM(stroke, 0.4)).toBeCloseTo(wholeM / 2, 12);
  expect(strokeProgressM(stroke, 0.5) - strokeProgressM(stroke, 0.3)).toBeCloseTo(0.05, 12);
  expect(strokeProgressM(stroke, 0.8)).toBeCloseTo(wholeM, 12);
  expect(strokeProgressM(stroke, 9)).toBeCloseTo(wholeM, 12);
  for (let t = 0; t < 0.8; t += 0.01)
    expect(strokeProgressM(stroke, t + 0.01)).toBeGreaterThan(strokeProgressM(stroke, t));
});
