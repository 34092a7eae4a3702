import { expect, it } from "vitest";
import { levelOf, soundedStrings, type BowedNote, type BowPlan } from "../../src/bowing/bow-plan.ts";
import { crossingContactM } from "../../src/bowing/bow-grid.ts";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { crossingShiftM } from "../../src/bowing/crossing-shift.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { levelSteps, stringsOf, type BowLevel } from "../../src/score/bow-level.ts";
import { strokeTravelM } from "../../src/bowing/stroke-travel.ts";
import type { Score, StringName } from "../../src/score/score.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { randomScore } from "./fixture/scores.ts";

/** Forty pieces by dice, planned once; the few whose marks use up the bow are left out. */
const planned: readonly { readonly name: string; readonly score: Score; readonly plan: BowPlan }[] =
  Array.from({ length: 40 }, (_, seed) => ({ name: `seed ${seed}`, score: randomScore(seed, 40) })).flatMap(
    ({ name, score }) => {
      const outcome = planBowing(score, parallelStrings, settings);
      return outcome.ok ? [{ name, score, plan: outcome.value }] : [];
    },
  );

const strokes = ({ notes }: BowPlan): readonly (readonly BowedNote[])[] =>
  Array.from({ length: notes.at(-1)!.stroke + 1 }, (_, k) => notes.filter((note) => note.stroke === k));

it("plans nearly every piece", () => {
  expect(planned.length).toBeGreaterThan(35);
});

it("bows every note once, in order, each ending before the next begins", () => {
  for (const { name, score, plan } of planned) {
    expect(plan.notes.map((note) => note.noteIndex)).toEqual(score.notes.map((note) => note.index));
    for (const [i, note] of plan.notes.entries()) {
      expect(note.endS, name).toBeGreaterThan(note.startS);
      if (i > 0) expect(note.startS, name).toBeGreaterThanOrEqual(plan.notes[i - 1]!.endS);
    }
  }
});

it("never leaves the bow: a centimetre stays free at both taught ends", () => {
  for (const { name, plan } of planned)
    for (const { bowStartM, bowEndM } of plan.notes) {
      expect(Math.min(bowStartM, bowEndM), name).toBeGreaterThanOrEqual(0.05 - 1e-9);
      expect(Math.max(bowStartM, bowEndM), name).toBeLessThanOrEqual(0.54 + 1e-9);
    }
});

it("moves the hair the way the direction says, on every note", () => {
  for (const { name, plan } of planned)
    for (const { direction, bowStartM, bowEndM } of plan.notes)
      expect(direction === "down" ? bowEndM - bowStartM : bowStartM - bowEndM, name).toBeGreaterThan(0);
});

/** Of two strings the mean: the hair is measured half-way between them. */
function shiftFromC(level: BowLevel): number {
  const shifts = stringsOf(level).map((name) =>
    crossingShiftM(parallelStrings, "C", name, crossingContactM(settings)),
  );
  return shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
}

it("goes on where it was, but for the crossing's shift and what a lift has time for", () => {
  const { leaveS, landS, retakeSpeedMps } = settings;
  for (const { name, plan } of planned)
    for (const [i, note] of plan.notes.entries()) {
      const before = plan.notes[i - 1];
      if (!before) continue;
      const shift = shiftFromC(levelOf(note)) - shiftFromC(levelOf(before));
      const moved = note.bowStartM - before.bowEndM - shift;
      const lift = plan.lifts.find(({ after }) => after === i - 1);
      if (!lift) expect(moved, `${name} note ${i}`).toBeCloseTo(0, 9);
      else
        expect(Math.abs(moved), name).toBeLessThanOrEqual(retakeSpeedMps * (lift.endS - lift.startS) + 1e-9);
      if (lift) expect(lift.before).toBe(i);
      if (lift) expect([lift.startS, lift.endS]).toEqual([before.endS + leaveS, note.startS - landS]);
    }
});

it("lifts in every rest of 0.35 s that leaves time to change strings in the air, and in none under 0.25 s", () => {
  // The fixture's arm turns 1 rad per rad of roll; strings lie 2 asin(8/50) = 0.3214 rad apart: three in 0.72 s at 2.5 rad/s.
  const stringsInTime = (gapS: number): number => (2.5 * (gapS - 0.07)) / (15 / 8) / 0.3214;
  for (const { name, plan } of planned)
    for (const [i, note] of plan.notes.entries()) {
      if (i === 0) continue;
      const gapS = note.startS - plan.notes[i - 1]!.endS;
      const lifted = plan.lifts.some(({ before }) => before === i);
      const strings = levelSteps(levelOf(plan.notes[i - 1]!), levelOf(note));
      if (gapS >= settings.liftRestS && strings <= stringsInTime(gapS))
        expect(lifted, `${name} note ${i}`).toBe(true);
      if (strings > stringsInTime(gapS)) expect(lifted, `${name} note ${i}`).toBe(false);
      if (gapS < settings.retakeRestS) expect(lifted, `${name} note ${i}`).toBe(false);
    }
});

it("bows a stroke in one direction at one speed, whose travel is what the ramps leave", () => {
  for (const { name, plan } of planned)
    for (const stroke of strokes(plan)) {
      const [first, last] = [stroke[0]!, stroke.at(-1)!];
      for (const note of stroke) {
        expect(note.direction).toBe(first.direction);
        expect(note.bowSpeedMps).toBe(first.bowSpeedMps);
        expect(note.contactM).toBe(first.contactM);
      }
      const travelled = stroke.reduce((sum, note) => sum + Math.abs(note.bowEndM - note.bowStartM), 0);
      const asked = strokeTravelM(first.bowSpeedMps, last.endS - first.startS, settings.rampS);
      expect(travelled, name).toBeCloseTo(asked, 9);
      expect(first.bowSpeedMps, name).toBeGreaterThan(0.05);
    }
});

it("bows both notes of every double stop in one stroke, each on its own string", () => {
  let found = 0;
  for (const { name, score, plan } of planned)
    for (const [i, note] of plan.notes.entries()) {
      const { lowerMidi } = score.notes[i]!;
      expect(note.lower?.midi, `${name} note ${i}`).toBe(lowerMidi);
      if (!note.lower) continue;
      found += 1;
      const [low, high] = [note.lower, note].map((one) => {
        const above = one.midi - parallelStrings.strings[one.string].physics.openMidi;
        expect(above, `${name} note ${i}`).toBeGreaterThanOrEqual(0);
        return { string: one.string, above };
      }) as [{ string: StringName; above: number }, { string: StringName; above: number }];
      expect(levelSteps(low.string, high.string)).toBe(1);
      if (low.above > 0 && high.above > 0) expect(Math.abs(low.above - high.above)).toBeLessThanOrEqual(5);
    }
  expect(found).toBeGreaterThan(100);
});

it("obeys every written bow, string and slur", () => {
  for (const { name, score, plan } of planned)
    for (const [i, note] of plan.notes.entries()) {
      const written = score.notes[i]!;
      if (written.bow) expect(note.direction, `${name} note ${i}`).toBe(written.bow);
      if (written.string) expect(note.string, `${name} note ${i}`).toBe(written.string);
      if (!written.slurredFromPrevious || i === 0) continue;
      const before = plan.notes[i - 1]!;
      expect(note.direction, `${name} note ${i}`).toBe(before.direction);
      if (before.endS === note.startS) expect(note.stroke).toBe(before.stroke);
    }
});

it("presses between Schelleng's limits, at most 3 N, inside the contact window", () => {
  for (const { name, plan } of planned)
    for (const note of plan.notes) {
      for (const { forceN, minForceN, maxForceN } of soundedStrings(note)) {
        expect(forceN, name).toBeGreaterThan(minForceN);
        expect(forceN, name).toBeLessThanOrEqual(maxForceN / 2 + 1e-9);
        expect(forceN, name).toBeLessThanOrEqual(3);
      }
      const { contactM } = note;
      expect(contactM, name).toBeGreaterThanOrEqual(0.06);
      expect(contactM, name).toBeLessThanOrEqual(0.11);
    }
});

it("plans the same bytes twice", () => {
  const again = planBowing(randomScore(3, 40), parallelStrings, settings);
  const first = planned.find(({ name }) => name === "seed 3")!;
  expect(again.ok && JSON.stringify(again.value)).toBe(JSON.stringify(first.plan));
});
