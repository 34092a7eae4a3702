import { expect, it } from "vitest";
import { brokenSlurs, lockLines } from "../../src/planning/broken-slurs.ts";
import { waysOut } from "../../src/cli/ways-out.ts";
import { progressOn } from "../../src/cli/progress.ts";
import { box } from "../../src/collision/shape.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import { isRoomsFault, isTooFast, planPiece, type PieceRefusal } from "../../src/planning/plan-piece.ts";
import { unplayable } from "../../src/planning/unplayable.ts";
import { fastestPlayable, playableTest, refusedNote } from "../../src/planning/playable-score.ts";
import { TRANSPOSITIONS } from "../../src/planning/transpositions.ts";
import { lockNotes } from "../../src/score/note-locks.ts";
import { barBeatAtTick, formatBarBeat } from "../../src/score/position.ts";
import { scaleTempo } from "../../src/score/scale-tempo.ts";
import type { Score } from "../../src/score/score.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const names = { profile: "simulation", set: [], cell: "" };
const reference = await loadWorkcell({ ...names, calibration: "reference" });
const paper = await loadWorkcell({ ...names, calibration: "paper" });
const placeIn = (score: Score) => (noteIndex: number) =>
  formatBarBeat(barBeatAtTick(score, score.notes[noteIndex]!.startTick));

it("likes octaves best, then the fewest semitones, and names each transposition once", () => {
  expect(TRANSPOSITIONS.slice(0, 7)).toEqual([12, -12, 24, -24, 1, -1, 2]);
  expect(new Set(TRANSPOSITIONS).size).toBe(TRANSPOSITIONS.length);
  expect(TRANSPOSITIONS).not.toContain(0);
});

it("breaks slurs that are too long for the bow until each fits, and says so as locks", () => {
  // 9 s under one slur: the slowest bow needs 0.53 m, and 0.49 m are there
  const score = scoreOf([50, 52, 53].map((midi, i) => ({ quarters: 3, midi, slurredFromPrevious: i > 0 })));
  const refused = planPiece(score, reference);
  if (refused.ok) throw new Error("one bow was long enough");
  const found = brokenSlurs(score, refused.why, reference)!; // planned as a whole
  const lines = lockLines(found.locks, placeIn(score));
  expect(lines).toEqual(["1.4: { slur: break }"]);
  expect(lockNotes(score, lines.join("\n")).notes).toEqual(found.score.notes);
});

it("does not break what marks forbid, and has no other bowing then", () => {
  const score = scoreOf([
    { quarters: 1, bow: "down" },
    { quarters: 1, bow: "up", slurredFromPrevious: true },
  ]);
  const refused = planPiece(score, reference);
  if (refused.ok) throw new Error("contradicting marks were played");
  expect(brokenSlurs(score, refused.why, reference)).toBeUndefined();
});

it("looks at the difficult places of variants first, and takes one that can be played as a whole", () => {
  const score = scoreOf([45, 34, 45].map((midi) => ({ quarters: 1, midi }))); // B♭1 lies below the open C
  const refused = planPiece(score, reference);
  if (refused.ok) throw new Error("no string is so low");
  const isPlayable = playableTest(reference, [refusedNote(refused.why)]);
  expect(isPlayable(score)).toBe(false);
  const higher = { ...score, notes: score.notes.map((note) => ({ ...note, midi: note.midi + 12 })) };
  expect(isPlayable(higher)).toBe(true);
});

it("names a tempo only where the whole can be played, whatever place was refused first", () => {
  // From the open C to the A string and back in 0.25 s: too fast, far from the quiet place that is said to be difficult.
  const quiet = [50, 52, 53, 52, 50, 52].map((midi) => ({ quarters: 0.5, midi }));
  const score = scoreOf([...quiet, ...[36, 57, 36].map((midi) => ({ quarters: 0.25, midi }))]);
  const at = (factor: number) => scaleTempo(score, factor);
  expect(planPiece(score, paper, { mostBowings: 5 }).ok).toBe(false);
  const found = fastestPlayable(at, { tempo: 1, places: [0], tooFast: true }, paper)!;
  expect(found).toBeLessThan(0.99);
  expect(planPiece(at(found), paper, { mostBowings: 5 }).ok).toBe(true);
});

it("names a tempo that plays where no look with few bowings finds one, and only where the arm was too slow", () => {
  // From the open C to the A string and back in sixteenths at 140 to the minute, 0.11 s each.
  const score = scaleTempo(scoreOf([36, 57, 36, 57].map((midi) => ({ quarters: 0.25, midi }))), 140 / 60);
  const at = (factor: number) => scaleTempo(score, factor);
  const refused = planPiece(score, reference);
  if (refused.ok) throw new Error("the arm was quicker than thought");
  expect(isTooFast(refused.why)).toBe(true);
  for (const factor of [0.5, 0.75])
    expect(planPiece(at(factor), reference, { mostBowings: 5 }).ok).toBe(false);
  const places = [refusedNote(refused.why)];
  const looks = new Set<number>();
  const search = (tooFast: boolean) =>
    fastestPlayable(at, { tempo: 1, places, tooFast }, reference, (factor) => looks.add(factor));
  expect(search(false)).toBeUndefined();
  expect(looks.size).toBe(0);
  const found = search(true)!;
  expect(found).toBeGreaterThanOrEqual(0.62);
  expect(planPiece(at(found), reference).ok).toBe(true);
  expect([...looks].slice(0, 2)).toEqual([0.5, 0.75]);
  expect(looks.size).toBe(5); // the slowest and four faster
});

it.each([
  { why: { kind: "joint-limit", quantity: "speed" }, is: true },
  { why: { kind: "joint-limit", quantity: "position" }, is: false },
  { why: { kind: "tcp-too-fast" }, is: true },
  { why: { kind: "too-close" }, is: false },
])("takes $why for a matter of tempo: $is", ({ why, is }) => {
  expect(isTooFast({ stage: "trajectory", why } as unknown as PieceRefusal)).toBe(is);
});

it("says at once that something stands where the arm is parked, and looks for no tempo or key, which cannot help", async () => {
  const { instrument, cell } = reference;
  const lamp = box(forwardKinematics(instrument.dh, instrument.parked_rad).p_m, [0.03, 0.03, 0.03]);
  const blocked = {
    ...reference,
    cell: { ...cell, obstacles: [...cell.obstacles, { name: "lamp", shape: lamp }] },
  };
  // Nor would this be playable without the lamp: from C to A and back in a quarter of a second.
  const score = scoreOf([36, 57, 36, 57].map((midi) => ({ midi, quarters: 0.25 })));
  const refused = planPiece(score, blocked);
  if (refused.ok) throw new Error("the arm was parked in a lamp");
  const planned = { score, why: refused.why };
  const { message, detail } = unplayable(refused.why, { score, written: score, tempo: 1 }, blocked);
  expect(message).toMatch(
    /cannot be played: in the parked pose .* lamp .*; choose another parked pose, or move what is in the way$/,
  );
  expect(detail).not.toHaveProperty("fastestTempo");
  const looked = waysOut(
    { name: "", options: {} as never, context: blocked, planned },
    progressOn(process.stderr),
  );
  expect(await looked).toEqual({ keyMatters: false });
});

it.each([
  { leg: "approach", where: "start", is: true },
  { leg: "approach", where: "between", is: true },
  { leg: "approach", where: "goal", is: false }, // above the first string
  { leg: "retreat", where: "start", is: false }, // above the last string
  { leg: "retreat", where: "goal", is: true },
] as const)(
  "knows that other music would not help where the $leg fails at its $where: $is",
  ({ leg, where, is }) => {
    const pair = ["bow stick", "lamp"] as const;
    const why = {
      kind: "no-way",
      leg,
      where,
      pair,
      clearanceM: 0,
      requiredM: 0.01,
      atS: 0,
      note: 0,
    } as const;
    expect(isRoomsFault({ stage: "trajectory", why } as unknown as PieceRefusal)).toBe(is);
  },
);
