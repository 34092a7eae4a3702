import { expect, it } from "vitest";
import type { BowedNote, BowPlan } from "../../src/bowing/bow-plan.ts";
import type { StringName } from "../../src/score/score.ts";
import { noteLeans } from "../../src/trajectory/note-leans.ts";

const leanIn = { most_rad: 0.03, quickS: 0.8 };

function leans(strings: readonly StringName[], noteS: number): readonly number[] {
  const notes = strings.map((string, i) => ({ string, startS: i * noteS, endS: (i + 1) * noteS }));
  return noteLeans({ notes: notes as unknown as readonly BowedNote[], lifts: [] } as unknown as BowPlan, {
    leanIn,
  });
}

it("leans a short visit towards the string it comes from and goes back to", () => {
  // G D G: D is visited from the C side, which is positive; 0.2 s of 0.8 s: full lean
  expect(leans(["G", "D", "G"], 0.2)).toEqual([0, 0.03, 0]);
  expect(leans(["A", "D", "A"], 0.2)).toEqual([0, -0.03, 0]);
});

it("stays in the middle on the way through, on long visits, and at both ends of the piece", () => {
  expect(leans(["G", "D", "A"], 0.2)).toEqual([0, 0, 0]);
  expect(leans(["G", "D", "G"], 0.8)).toEqual([0, 0, 0]);
  expect(leans(["G", "D", "G"], 0.6)).toEqual([0, expect.closeTo(0.015, 12), 0]); // 2 · (1 − 0.6/0.8) = 1/2
});

it("leans all notes of a visit alike", () => {
  const lean: unknown = expect.closeTo(0.03, 12); // 0.4 s of 0.8 s: still full
  expect(leans(["G", "D", "D", "G"], 0.2)).toEqual([0, lean, lean, 0]);
});
