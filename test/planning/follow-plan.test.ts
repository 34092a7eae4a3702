import { expect, it } from "vitest";
import { stringCandidates } from "../../src/bowing/string-choice.ts";
import { excerptOfPlan, rangeAround } from "../../src/planning/plan-excerpt.ts";
import { bowPiece, planPiece } from "../../src/planning/plan-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const names = { profile: "simulation", set: [], cell: "" };
const reference = await loadWorkcell({ ...names, calibration: "reference" });
const paper = await loadWorkcell({ ...names, calibration: "paper" });

it("takes a part of a plan in whole strokes, bowed and timed as in the whole", () => {
  const score = scoreOf(
    [50, 52, 53, 55, 57, 55, 53, 52].map((midi, i) => ({
      midi,
      quarters: 1,
      slurredFromPrevious: i % 4 === 3,
    })),
  );
  const bowed = bowPiece(score, reference);
  if (!bowed.ok) throw new Error("cannot be bowed");
  const plan = bowed.value;
  expect(rangeAround(plan.notes, 4, 1)).toEqual({ first: 2, last: 5 }); // 3 is slurred to 2
  expect(rangeAround(plan.notes, 7, 0)).toEqual({ first: 6, last: 7 });
  expect(rangeAround(plan.notes, 0, 99)).toEqual({ first: 0, last: 7 });
  const part = excerptOfPlan(plan, { first: 2, last: 5 });
  expect(part.notes).toEqual(plan.notes.slice(2, 6));
});

it("keeps the lifts of a part of a plan, at their notes", () => {
  const bowed = bowPiece(
    scoreOf([{ quarters: 1 }, { quarters: 1 }, { quarters: 1, rest: 2 }, { quarters: 1 }]),
    reference,
  );
  if (!bowed.ok) throw new Error("cannot be bowed");
  const [lift] = bowed.value.lifts;
  expect(lift).toMatchObject({ after: 1, before: 2 });
  expect(excerptOfPlan(bowed.value, { first: 1, last: 3 }).lifts).toEqual([{ ...lift, after: 0, before: 1 }]);
  expect(excerptOfPlan(bowed.value, { first: 2, last: 3 }).lifts).toEqual([]);
});

it("goes an octave up a string beside an objection, an octave and a fifth beside many", () => {
  const offered = (midi: number, objected: number) => {
    const [note] = scoreOf([{ midi, quarters: 1 }]).notes;
    const strings = stringCandidates({ note: note!, startS: 0, endS: 1 }, reference.instrument, 9, objected);
    return strings.ok ? strings.value : [];
  };
  expect(offered(52, 0)).toEqual(["D", "G"]); // E3: 2 semitones up D, 9 up G, 16 up C
  expect(offered(52, 1)).toEqual(["D", "G"]);
  expect(offered(52, 4)).toEqual(["D", "G", "C"]);
  expect(offered(56, 4)).toEqual(["D", "G"]); // 20 up C
});

it("offers two open strings' notes on the strings below beside an objection", () => {
  const [note] = scoreOf([{ midi: 57, lowerMidi: 50, quarters: 1 }]).notes;
  const offered = (objected: number) => {
    const pairs = stringCandidates({ note: note!, startS: 0, endS: 1 }, reference.instrument, 9, objected);
    return pairs.ok ? pairs.value : [];
  };
  expect(offered(0)).toEqual(["DA"]);
  expect(offered(1)).toEqual(["DA", "GD"]); // a barre 7 semitones up
  expect(offered(4)).toEqual(["DA", "GD", "CG"]); // 14 semitones up
});

it("plays on the published robot what needs a string an octave and more up", () => {
  const quarters = [0.5, 1, 0.5, 2];
  const score = scoreOf(
    [43, 41, 52, 40].map((midi, i) => ({ midi, quarters: quarters[i]! })),
    118,
  );
  const planned = planPiece(score, paper);
  if (!planned.ok) throw new Error("refused");
  expect(planned.value.plan.notes.map(({ string }) => string)).toEqual(["G", "C", "C", "C"]);
});
