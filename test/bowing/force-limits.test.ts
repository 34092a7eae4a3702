import { expect, it } from "vitest";
import { maxBowForceN, minBowForceN, vibratingLengthM } from "../../src/bowing/force-limits.ts";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";

it("gives Schelleng's limits of the A string at 0.2 m/s and a twentieth of its length", () => {
  // max 2 · 0.46 · 0.2 / (0.05 · 0.75) = 4.907;  min 0.46² · 0.2 / (2 · 150 · 0.05² · 0.75) = 0.0752
  expect(maxBowForceN(CELLO_STRINGS.A, 0.2, 0.05)).toBeCloseTo(4.907, 3);
  expect(minBowForceN(CELLO_STRINGS.A, 0.2, 0.05)).toBeCloseTo(0.0752, 4);
});

it("gives the heavier C string wider limits", () => {
  // max 2 · 1.6 · 0.2 / (0.12 · 0.75) = 7.111;  min 1.6² · 0.2 / (2 · 150 · 0.12² · 0.75) = 0.1580
  expect(maxBowForceN(CELLO_STRINGS.C, 0.2, 0.12)).toBeCloseTo(7.111, 3);
  expect(minBowForceN(CELLO_STRINGS.C, 0.2, 0.12)).toBeCloseTo(0.158, 4);
});

it("halves the string for an octave", () => {
  expect(vibratingLengthM(0.69, 57, 69)).toBeCloseTo(0.345, 12);
  expect(vibratingLengthM(0.69, 57, 57)).toBe(0.69);
});
