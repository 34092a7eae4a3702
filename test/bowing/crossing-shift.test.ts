import { expect, it } from "vitest";
import { crossingShiftM } from "../../src/bowing/crossing-shift.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";

it("moves 16 mm of hair per string where neighbours are 16 mm apart", () => {
  // chords of 16 mm, and the mean of two tangents lies exactly along the chord between them
  expect(crossingShiftM(parallelStrings, "C", "G", 0.08)).toBeCloseTo(0.016, 12);
  expect(crossingShiftM(parallelStrings, "A", "D", 0.08)).toBeCloseTo(-0.016, 12);
  expect(crossingShiftM(parallelStrings, "C", "A", 0.08)).toBeCloseTo(0.048, 12);
});

it("comes home from every round trip", () => {
  for (const a of STRING_NAMES)
    for (const b of STRING_NAMES)
      for (const c of STRING_NAMES) {
        const shift = (from: typeof a, to: typeof a): number =>
          crossingShiftM(parallelStrings, from, to, 0.08);
        expect(shift(a, b) + shift(b, c) + shift(c, a)).toBeCloseTo(0, 15);
      }
});
