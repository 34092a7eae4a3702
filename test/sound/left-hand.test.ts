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
  expect([stopped[0], stopped[1000], stopped[2000]]).toEqual([0, 0.5, 1]);
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
