import { expect, it } from "vitest";
import { maxBowForceN, minBowForceN, vibratingLengthM } from "../../src/bowing/force-limits.ts";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";

it("gives Schelleng's limits of the A string at 0.2 m/s and a twentieth of its length", () => {
  // max 2 · 0.46 · 0.2 / (0.05 · 0.45) = 8.178;  min 0.46² · 0.2 / (2 · 150 · 0.05² · 0.45) = 0.1254
  expect(maxBowForceN(CELLO_STRINGS.A, 0.2, 0.05)).toBeCloseTo(8.178, 3);
  expect(minBowForceN(CELLO_STRINGS.A, 0.2, 0.05)).toBeCloseTo(0.1254, 4);
});

it("gives the heavier C string wider limits", () => {
  // max 2 · 1.6 · 0.2 / (0.12 · 0.45) = 11.85;  min 1.6² · 0.2 / (2 · 150 · 0.12² · 0.45) = 0.2634
  expect(maxBowForceN(CELLO_STRINGS.C, 0.2, 0.12)).toBeCloseTo(11.852, 3);
  expect(minBowForceN(CELLO_STRINGS.C, 0.2, 0.12)).toBeCloseTo(0.2634, 4);
});

it("halves the string for an octave", () => {
  expect(vibratingLengthM(0.69, 57, 69)).toBeCloseTo(0.345, 12);
  expect(vibratingLengthM(0.69, 57, 57)).toBe(0.69);
});
