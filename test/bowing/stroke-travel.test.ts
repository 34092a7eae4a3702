import { expect, it } from "vitest";
import {
  longestStrokeS,
  missedAtTurn,
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

it("tells what a note beside a turn of the bow lacks of its stroke's speed", () => {
  // a reversal's ramp of 0.08 s takes 0.1333 s; of a note of 0.24 s the half from 0.06 to 0.18 s is judged.
  // at x of the ramp it lacks 1 − 2x + 2x³ − x⁴, whose integral x − x² + x⁴/2 − x⁵/5 from 0.45 to 1 is 0.3 − 0.264313: · 0.1333 s ÷ 0.12 s
  expect(missedAtTurn(0.24, 0.08)).toBeCloseTo(0.03965, 4);
  expect(missedAtTurn(4 * (0.08 / 0.6), 0.08)).toBeCloseTo(0, 12);
  const stroke = { speedMps: 1, durationS: 2, rampS: 0.08, start: "reversal", end: "rest" } as const;
  for (const noteS of [0.1, 0.2, 0.3, 0.5, 1]) {
    const heardM = strokeProgressM(stroke, 0.75 * noteS) - strokeProgressM(stroke, 0.25 * noteS);
    expect(missedAtTurn(noteS, 0.08)).toBeCloseTo(1 - heardM / (0.5 * noteS), 12);
  }
});
