import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { levelOf, soundedStrings } from "../../src/bowing/bow-plan.ts";
import { contactsFromJoints } from "../../src/instrument/hair/string-contacts.ts";
import { evaluatePerformance } from "../../src/evaluation/evaluate-performance.ts";
import { pressedFor } from "../../src/instrument/double-press.ts";
import type { Joints } from "../../src/math/joints.ts";
import { planPiece } from "../../src/planning/plan-piece.ts";
import { levelSteps } from "../../src/score/bow-level.ts";
import { plannedRecord } from "../../src/replay/planned-record.ts";
import { readPiece } from "../../src/score/piece.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { cell, instrument, profile } from "../performance/short-piece.ts";

const DEG = Math.PI / 180;
const { score } = readPiece(
  new Uint8Array(readFileSync("data/pieces/double-stop-study.mid")),
  readFileSync("data/pieces/double-stop-study.marks.yaml", "utf8"),
);
const planned = planPiece(score, { instrument, cell, profile });
if (!planned.ok) throw new Error(JSON.stringify(planned.why));
const { plan, trajectory } = planned.value;

/** Forces on C, G, D, A at a knot, as the strings and the hair they share give way: found from the joints alone [N]. */
function forcesAtKnot(k: number): readonly number[] {
  const row = (of: Float64Array): Joints => Array.from(of.subarray(6 * k, 6 * k + 6)) as unknown as Joints;
  return contactsFromJoints(instrument, row(trajectory.q_rad), row(trajectory.qd_radps)).forceN;
}
const knotAt = (scoreS: number): number =>
  trajectory.timeS.findIndex((t) => t - trajectory.scoreStartS >= scoreS);

it("bows both strings of every double stop with the force planned for each, and touches no other", () => {
  expect(plan.notes.filter((note) => note.lower).length).toBe(21);
  for (const note of plan.notes) {
    const forces = forcesAtKnot(knotAt((note.startS + note.endS) / 2));
    const wanted = [0, 0, 0, 0];
    for (const { string, forceN } of soundedStrings(note)) wanted[STRING_NAMES.indexOf(string)] = forceN;
    for (const [string, forceN] of forces.entries())
      expect(Math.abs(forceN - wanted[string]!), `note ${note.noteIndex} on ${string}`).toBeLessThan(
        0.02 + 0.05 * wanted[string]!,
      );
  }
});

it("rolls half a crossing onto a pair and off it, and the string that goes on sounding keeps two thirds of its force", () => {
  let rolls = 0;
  for (const [i, note] of plan.notes.entries()) {
    const before = plan.notes[i - 1];
    if (!before || levelSteps(levelOf(before), levelOf(note)) !== 0.5) continue;
    rolls += 1;
    const kept = soundedStrings(before).find(({ string }) =>
      soundedStrings(note).some((other) => other.string === string),
    )!;
    const least = Math.min(
      kept.forceN,
      soundedStrings(note).find(({ string }) => string === kept.string)!.forceN,
    );
    for (let k = knotAt(before.endS - 0.15); k < knotAt(note.startS + 0.15); k++)
      expect(forcesAtKnot(k)[STRING_NAMES.indexOf(kept.string)], `into note ${i}`).toBeGreaterThan(
        0.66 * least,
      );
  }
  expect(rolls).toBeGreaterThan(10);
});

it("begins every double stop on both strings within 10 ms of its time, rolled or hopped to; from rest the bow is let creep", () => {
  const { notes } = evaluatePerformance(plannedRecord(planned.value, instrument));
  let begun = 0;
  for (const [i, { onset, noteIndex }] of notes.entries()) {
    const [before, note] = [plan.notes[i - 1], plan.notes[i]!];
    const fromRest = note.stroke !== before?.stroke && note.direction === before?.direction;
    if (!before || !note.lower || fromRest) continue;
    begun += 1;
    expect(Math.abs(onset.errorS!), `note ${noteIndex}`).toBeLessThan(0.01);
  }
  expect(begun).toBeGreaterThan(15);
});

it("leans no farther than 2 degrees off the line through both strings, though the lower one needs more force", () => {
  let leaned = 0;
  for (const note of plan.notes.filter(({ lower }) => lower)) {
    const forcesN = [note.lower!.forceN, note.forceN];
    for (const bowM of [note.bowStartM, note.bowEndM]) {
      const { lean_rad } = pressedFor(instrument, levelOf(note), forcesN, { bowM, contactM: note.contactM });
      expect(Math.abs(lean_rad), `note ${note.noteIndex}`).toBeLessThan(2 * DEG);
      if (lean_rad > 1.8 * DEG) leaned += 1;
    }
    expect(note.lower!.forceN).toBeGreaterThan(note.forceN);
  }
  expect(leaned).toBeGreaterThan(3);
});

it("keeps each string of a double stop inside Schelleng's limits", () => {
  for (const note of plan.notes)
    for (const { forceN, minForceN, maxForceN } of soundedStrings(note)) {
      expect(forceN).toBeGreaterThan(3 * minForceN - 1e-9);
      expect(forceN).toBeLessThanOrEqual(maxForceN / 2 + 1e-9);
    }
});
