import { expect, it } from "vitest";
import { levelOf } from "../../src/bowing/bow-plan.ts";
import type { Heeded } from "../../src/bowing/heeded.ts";
import { wayOutOf } from "../../src/planning/dead-ends.ts";
import type { MotionRefusal } from "../../src/planning/follow-plan.ts";
import { bowPiece, planPiece } from "../../src/planning/plan-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

/** The piece here was found with these prices: under others it is bowed otherwise. */
const set = ["bowing.weights.slower=10", "bowing.speedTolerance=0.14"];
const paper = await loadWorkcell({ profile: "simulation", set, cell: "", calibration: "paper" });

/** From A♭2 on C up to A3 in a hurry: on A or D out of the published arm's reach wherever the bow is; on G it plays. */
const PITCHES = [59, 53, 54, 52, 61, 42, 44, 57, 56, 64];
const QUARTERS = [0.5, 0.5, 1, 0.5, 0.5, 0.5, 1, 2, 0.5, 2];
const hardPlace = scoreOf(
  PITCHES.map((midi, i) => ({ midi, quarters: QUARTERS[i]! })),
  153,
);

it("plays where objections alone went round in circles: without the crossing that was hardest", () => {
  const planned = planPiece(hardPlace, paper);
  if (!planned.ok) throw new Error("refused");
  const { notes, objections } = planned.value.plan;
  const avoided = objections.filter(({ reachM }) => reachM === 1);
  expect(avoided.map(({ noteIndex, from, to }) => `${noteIndex} ${from}${to}`)).toEqual(
    Array(4).fill("7 CD"),
  );
  expect(notes[6]!.string + notes[7]!.string).toBe("CG"); // its own string is A
});

const bowed = bowPiece(hardPlace, paper);
if (!bowed.ok) throw new Error("cannot be bowed");
const plan = bowed.value;

/** Refused at a note: the roll to it should take so many times as long. */
const refusalAt = (note: number, heeded: Partial<Heeded> = {}, excess = 1.6): MotionRefusal => ({
  stage: "trajectory",
  plan: { ...plan, ...heeded },
  noteIndex: note,
  why: {
    ...{ kind: "near-singularity", atS: 1, note, sigma: 0, limit: 0.1 },
    crossings: [
      { to: note, excess },
      { to: 4, excess: 1.1 },
    ],
  },
});

it("tries again without foresight, then without one hardest crossing after the other, and not the same one twice", () => {
  const [from, to] = [6, 7].map((note) => levelOf(plan.notes[note]!));

  const first = wayOutOf(refusalAt(7), undefined, 16);
  expect(first?.heeded).toEqual({ objections: [], foresight: false });
  const second = wayOutOf(refusalAt(2, { foresight: false }), first?.ends, 16);
  expect(second?.heeded.foresight).toBe(true);
  expect(second?.heeded.objections).toHaveLength(4); // down and up, before and after
  for (const objection of second?.heeded.objections ?? [])
    expect(objection).toMatchObject({ noteIndex: 7, from, to, bowM: 0, reachM: 1 });
  const third = wayOutOf(refusalAt(2), second?.ends, 16);
  expect(third?.heeded.objections).toHaveLength(8);
  expect(third?.ends.refusal.noteIndex).toBe(7); // what a refusal is about
  expect(wayOutOf(refusalAt(2), third?.ends, 16)).toBeUndefined();
});

it("does not look for long where a crossing should take more than twice as long", () => {
  expect(wayOutOf(refusalAt(7, {}, 2.1), undefined, 16)).toBeUndefined();
});

it("goes on where that is so only without a crossing that is avoided", () => {
  const first = wayOutOf(refusalAt(7), undefined, 16);
  const second = wayOutOf(refusalAt(7, { foresight: false }, 3), first?.ends, 16);
  const third = wayOutOf(refusalAt(2, {}, 2.6), second?.ends, 16);
  expect(third?.heeded.objections).toHaveLength(8);
});

it("does not look for long where thousands of notes were bowed in vain", () => {
  expect(wayOutOf(refusalAt(7), undefined, 5000)).toBeUndefined();
});
