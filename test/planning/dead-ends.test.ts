import { expect, it } from "vitest";
import { levelOf } from "../../src/bowing/bow-plan.ts";
import type { Heeded } from "../../src/bowing/heeded.ts";
import { quickWayOutOf, wayOutOf } from "../../src/planning/dead-ends.ts";
import type { MotionRefusal } from "../../src/planning/follow-plan.ts";
import { bowPiece, planPiece } from "../../src/planning/plan-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const paper = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });

/** Two hard places: from F3 down to open C in quavers, and in a quaver from C#3 on G to D#4, which is at home on A. */
const QUARTERS = [1, 2, 1, 2, 0.5, 2, 0.5, 1, 0.5, 2, 0.5, 0.5, 2, 0.5, 1, 2];
const PITCHES = [64, 50, 51, 61, 53, 67, 60, 46, 36, 45, 59, 49, 63, 53, 62, 60];
const twoHardPlaces = scoreOf(
  PITCHES.map((midi, i) => ({ midi, quarters: QUARTERS[i]! })),
  120,
);

it("plays where objections alone went round in circles: without the crossing that was hardest", () => {
  const planned = planPiece(twoHardPlaces, paper);
  if (!planned.ok) throw new Error("refused");
  const { notes } = planned.value.plan;
  expect(notes[11]!.string).toBe("G");
  expect(notes[12]!.string).toBe("D"); // its own string is A
});

const bowed = bowPiece(twoHardPlaces, paper);
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
const PACED: Heeded = { objections: [], foresight: true, pacedRolls: true };

it("tries again without foresight, then without one hardest crossing after the other, and not the same one twice", () => {
  const [from, to] = [11, 12].map((note) => levelOf(plan.notes[note]!));

  const first = wayOutOf(refusalAt(12), undefined, 16);
  expect(first?.heeded).toEqual({ objections: [], foresight: false, pacedRolls: false });
  const second = wayOutOf(refusalAt(7, { foresight: false }), first?.ends, 16);
  expect(second?.heeded.foresight).toBe(true);
  expect(second?.heeded.objections).toHaveLength(4); // down and up, before and after
  for (const objection of second?.heeded.objections ?? [])
    expect(objection).toMatchObject({ noteIndex: 12, from, to, bowM: 0, reachM: 1 });
  const third = wayOutOf(refusalAt(7), second?.ends, 16);
  expect(third?.heeded.objections).toHaveLength(8);
  expect(third?.ends.refusal.noteIndex).toBe(12); // what a refusal is about
  const fourth = wayOutOf(refusalAt(7), third?.ends, 16);
  expect(fourth?.heeded).toEqual(PACED);
  const fifth = wayOutOf(refusalAt(7, PACED), fourth?.ends, 16);
  expect(fifth?.heeded).toMatchObject({ foresight: true, pacedRolls: true });
  expect(fifth?.heeded.objections).toHaveLength(4);
  expect(fifth?.ends.refusal.noteIndex).toBe(12);
  expect(wayOutOf(refusalAt(7, PACED), fifth?.ends, 16)).toBeUndefined();
});

it("does not look for long where a crossing should take more than twice as long", () => {
  const first = wayOutOf(refusalAt(12, {}, 2.1), undefined, 16);
  expect(first?.heeded).toEqual(PACED);
  expect(wayOutOf(refusalAt(12, PACED, 2.1), first?.ends, 16)).toBeUndefined();
});

it("goes on where that is so only without a crossing that is avoided", () => {
  const first = wayOutOf(refusalAt(12), undefined, 16);
  const second = wayOutOf(refusalAt(12, { foresight: false }, 3), first?.ends, 16);
  const third = wayOutOf(refusalAt(7, {}, 2.6), second?.ends, 16);
  expect(third?.heeded.objections).toHaveLength(8);
});

it("does not look for long where thousands of notes were bowed in vain", () => {
  const first = wayOutOf(refusalAt(12), undefined, 5000);
  expect(first?.heeded).toEqual(PACED);
  expect(wayOutOf(refusalAt(12, PACED), first?.ends, 6000)).toBeUndefined();
});

it("tries paces alone where somebody waits, if they may help", () => {
  expect(quickWayOutOf(refusalAt(12, {}, 1.3))?.heeded).toEqual(PACED);
  expect(quickWayOutOf(refusalAt(12, {}, 1.6))).toBeUndefined();
  expect(quickWayOutOf(refusalAt(12, PACED, 1.3))).toBeUndefined();
});
