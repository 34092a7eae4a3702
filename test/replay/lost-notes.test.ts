import { expect, it } from "vitest";
import { lostLines } from "../../src/cli/check.ts";
import { planPiece } from "../../src/planning/plan-piece.ts";
import { lostNotes } from "../../src/replay/lost-notes.ts";
import { scaleTempo } from "../../src/score/scale-tempo.ts";
import { loadPiece } from "../../src/shelf/load-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";

const { score } = await loadPiece("double-stop-study", { transpose: 0, clef: "bass" });
const { score: crossings } = await loadPiece("crossing-study", { transpose: 0, clef: "bass" });
const lostOn = async (calibration: string, piece = score): Promise<readonly number[]> => {
  const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration });
  const planned = planPiece(piece, workcell);
  if (!planned.ok) throw new Error("cannot be played");
  return lostNotes(planned.value, workcell.instrument);
};

it("tells the notes that the arm spends on its way over strings: the crossing study two and a half times as fast", async () => {
  const lost = await lostOn("reference", scaleTempo(crossings, 2.5));
  // Notes of 0.4 s: C, D and C with a string between them, and the A before a C.
  expect(lost).toEqual([2, 3, 4, 11]);
});

it("loses none where there is time", async () => {
  expect(await lostOn("paper")).toEqual([]);
  expect(await lostOn("reference")).toEqual([]);
});

it("says so with its place and what helps", () => {
  expect(lostLines([27], score)).toEqual([
    expect.stringMatching(
      /^1 note, first in bar 8 beat 3: heard only in part, .* a slower --tempo/,
    ) as string,
  ]);
  expect(lostLines([], score)).toEqual([]);
});
