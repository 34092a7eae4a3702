import { expect, it } from "vitest";
import { stopCurve, virtualLeftHand } from "../../src/sound/string/left-hand.ts";

const OPEN = [36, 43, 50, 57];
const grid = { count: 2001, stepS: 0.0005, moveS: 0.018, shiftSPerSemitone: 0.01 };
/** Periods that are easy to read: the MIDI number itself, 50 for the open string. */
const asMidi = (midi: number | "open"): number => (midi === "open" ? 50 : midi);

it("puts a finger down for stopped notes only, until the next note on that string", () => {
  const notes = [
    { string: "D", midi: 52, startS: 0, endS: 0.5 },
    { string: "A", midi: 57, startS: 0.5, endS: 1 },
    { string: "D", midi: 50, startS: 1, endS: 2 },
    { string: "D", midi: 53, startS: 2, endS: 3 },
  ] as const;
  // E: stays 0.6 s after its end at 0.5 s, but the open D at 1.0 s needs the string free. F: 0.6 s after 3 s.
  expect(virtualLeftHand(notes, OPEN)).toEqual([
    { string: 2, startS: 0, endS: 1, midi: 52 },
    { string: 2, startS: 2, endS: 3.6, midi: 53 },
  ]);
});

it("moves every time by the caller's clock", () => {
  const notes = [{ string: "C", midi: 38, startS: 1, endS: 2 }] as const;
  const [finger] = virtualLeftHand(notes, OPEN, { timeAt: (s) => 2 * s + 5, restS: 0.1 });
  expect(finger).toEqual({ string: 0, startS: 7, endS: 9.1, midi: 38 });
});

it("is half-way at the written moment and all the way 9 ms later", () => {
  const { periodS, stopped } = stopCurve([{ string: 2, startS: 0.5, endS: 2, midi: 54 }], 2, grid, asMidi);
  // step 1000 is 0.5 s; 0.009 s are 18 steps
  expect(periodS[1000 - 18]).toBe(50);
  expect(periodS[1000]).toBeCloseTo(52, 9);
  expect(periodS[1000 + 18]).toBe(54);
  expect(stopped[1000]).toBeCloseTo(0.5, 9);
  expect([stopped[0], stopped[2000]]).toEqual([0, 1]);
});

it("goes from finger to finger without the open string between, and back to it in the end", () => {
  const fingers = [
    { string: 1, startS: 0.4, endS: 0.8, midi: 60 },
    { string: 1, startS: -1, endS: 0.4, midi: 55 },
    { string: 3, startS: 0.1, endS: 0.2, midi: 99 },
  ];
  const { periodS } = stopCurve(fingers, 1, grid, asMidi);
  expect(periodS[0]).toBe(55);
  expect(Math.min(...periodS.slice(0, 1500))).toBe(55);
  expect(periodS[1000]).toBe(60);
  expect(periodS[2000]).toBe(50);
});

it("slides a shift: seven semitones take two steps of 10 ms longer and arrive with the short ones", () => {
  const fingers = (midi: number) => [
    { string: 1, startS: 0.2, endS: 0.5, midi: 50 },
    { string: 1, startS: 0.5, endS: 2, midi },
  ];
  const near = stopCurve(fingers(54), 1, grid, asMidi).periodS;
  const far = stopCurve(fingers(57), 1, grid, asMidi).periodS;
  // both end 9 ms after 0.5 s, step 1018; the near one begins 18 ms before that, the far one 38 ms
  expect([near[1018 - 36], far[1018 - 76]]).toEqual([50, 50]);
  expect(near[1018 - 35]).toBeGreaterThan(50);
  expect(far[1018 - 75]).toBeGreaterThan(50);
  expect([near[1018], far[1018]]).toEqual([54, 57]);
});

it("rocks the pitch by the vibrato's width, about the written pitch, once it has begun", () => {
  const vibrato = { rateHz: 5, cents: 12, afterS: 0.2, growS: 0.1 };
  const finger = { string: 0, startS: 0, endS: 3, midi: 60, vibrato };
  const { periodS } = stopCurve([finger], 0, { ...grid, count: 6001 }, asMidi);
  const cents = [...periodS].map((period) => 1200 * Math.log2(60 / period));
  expect(cents.slice(40, 400).every((c) => Math.abs(c) < 1e-9)).toBe(true);
  const steady = cents.slice(1000, 5000); // 2 s, ten turns
  expect(Math.max(...steady)).toBeCloseTo(12, 1);
  expect(Math.min(...steady)).toBeCloseTo(-12, 1);
  expect(steady.reduce((sum, c) => sum + c, 0) / steady.length).toBeCloseTo(0, 1);
  expect(cents[500]!).toBeLessThan(0); // it rolls back first
});

it("gives vibrato to long stopped notes only", () => {
  const how = { rateHz: 5, cents: 10, afterS: 0.1, growS: 0.1 };
  const notes = [
    { string: "D", midi: 52, startS: 0, endS: 1 },
    { string: "D", midi: 53, startS: 1, endS: 1.3 },
  ] as const;
  const fingers = virtualLeftHand(notes, OPEN, { vibrato: { fromNoteS: 0.5, how } });
  expect(fingers.map((finger) => finger.vibrato)).toEqual([how, undefined]);
});
