import { describe, expect, it } from "vitest";
import {
  attackBetween,
  bowedUntil,
  overtonesDb,
  overtonesOf,
} from "../../../src/evaluation/audio/attacks.ts";
import { seededRandom } from "../../../src/math/random.ts";

const RATE = 16000;
/** Partials of 220 Hz, 1/h strong: the first two ring, those over 1 kHz are at each moment as loud as the bow makes them. */
function played(bowed: (s: number) => number, ringing: (s: number) => number, lengthS = 1): Float64Array {
  const random = seededRandom(5);
  return Float64Array.from({ length: RATE * lengthS }, (_, n) => {
    const s = n / RATE;
    let sum = 1e-4 * (random() - 0.5);
    for (const h of [1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
      sum += ((h < 5 ? ringing(s) : bowed(s)) * Math.sin(2 * Math.PI * 220 * h * s)) / h;
    return sum;
  });
}
/** The bow has turned: overtones are gone within some hundredths of a second, and back at 0.5 s. */
const turned = (s: number): number => (s < 0.5 ? Math.exp(-Math.max(0, s - 0.42) / 0.012) : 1);
const overtones = (samples: Float64Array) => overtonesOf({ samples, sampleRateHz: RATE });

describe("attackBetween", () => {
  it("places a bow change to 5 ms, while the string rings on through it", () => {
    const heard = overtones(played(turned, () => 1));
    for (const expectedS of [0.4, 0.5, 0.57])
      expect(Math.abs(attackBetween(heard, 0.3, 0.7, expectedS)! - 0.5)).toBeLessThan(0.005);
  });

  it("finds none in a tone that goes on, nor in one that dies away", () => {
    expect(attackBetween(overtones(played(() => 1, () => 1)), 0.3, 0.7, 0.5)).toBeUndefined(); // prettier-ignore
    const dying = overtones(played((s) => Math.exp(-s / 0.1), () => 1)); // prettier-ignore
    expect(attackBetween(dying, 0.3, 0.7, 0.5)).toBeUndefined();
  });

  it("prefers the nearer of two that rise alike", () => {
    const twice = (s: number): number => (s < 0.35 ? turned(s + 0.15) : turned(s));
    const heard = overtones(played(twice, () => 1));
    expect(Math.abs(attackBetween(heard, 0.2, 0.7, 0.36)! - 0.35)).toBeLessThan(0.005);
    expect(Math.abs(attackBetween(heard, 0.2, 0.7, 0.49)! - 0.5)).toBeLessThan(0.005);
  });
});

it("bowedUntil ends a stroke where its overtones have fallen by 12 dB, whatever rings on", () => {
  // 12 dB are a factor of 4: e^(−t/τ) = 1/4 at t = 1.39·τ
  const heard = overtones(played((s) => Math.exp(-Math.max(0, s - 0.6) / 0.02), () => 1)); // prettier-ignore
  expect(Math.abs(bowedUntil(heard, 0.1, 0.95) - (0.6 + 1.39 * 0.02))).toBeLessThan(0.006);
  expect(bowedUntil(heard, 0.1, 0.5)).toBe(0.5);
});

it("overtonesDb counts what is over 1 kHz: half the overtones are 6 dB less, and the fundamental does not matter", () => {
  const levelOf = (bowed: number, ringing: number): number =>
    overtonesDb(overtones(played(() => bowed, () => ringing)), 0.3, 0.6); // prettier-ignore
  expect(levelOf(1, 1) - levelOf(0.5, 1)).toBeCloseTo(6.02, 1);
  expect(Math.abs(levelOf(1, 1) - levelOf(1, 0.3))).toBeLessThan(0.3);
});
