import { expect, it } from "vitest";
import { lostLines } from "../../src/cli/check.ts";
import { planPiece } from "../../src/planning/plan-piece.ts";
import { lostNotes } from "../../src/replay/lost-notes.ts";
import { loadPiece } from "../../src/shelf/load-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";

const { score } = await loadPiece("double-stop-study", { transpose: 0, clef: "bass" });
const lostOn = async (calibration: string, mostBowings?: number): Promise<readonly number[]> => {
  const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration });
  const planned = planPiece(score, workcell, mostBowings);
  if (!planned.ok) throw new Error("cannot be played");
  return lostNotes(planned.value, workcell.instrument);
};

it("tells the notes that the published arm spends on its way from string to string, bowed the first way that comes to mind", async () => {
  expect(await lostOn("paper", 1)).toEqual([27]); // A3 over D3
});

it("loses none with the easiest bowing", async () => {
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
