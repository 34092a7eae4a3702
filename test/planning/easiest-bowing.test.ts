import { expect, it } from "vitest";
import { refuse } from "../../src/outcome.ts";
import { afterBowing, NOTHING_TRIED, type Next, type Tried } from "../../src/planning/easiest-bowing.ts";
import type { NotFollowed } from "../../src/planning/follow-plan.ts";
import { bowPiece } from "../../src/planning/plan-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "reference" });
const bowed = bowPiece(scoreOf([50, 57].map((midi) => ({ midi, quarters: 1 }))), workcell);
if (!bowed.ok) throw new Error("cannot be bowed");
const plan = bowed.value;

const OBJECTION = {
  noteIndex: 1,
  from: "D",
  to: "A",
  before: "down",
  after: "up",
  bowM: 0.2,
  reachM: 0.04,
} as const;
/** The arm met a table, or could not go on, at so many seconds; another bowing might do. */
const notFollowed = (kind: "too-close" | "near-singularity", atS: number): NotFollowed => ({
  objections: [OBJECTION],
  refusal: {
    ...{ stage: "trajectory", plan, noteIndex: 1 },
    why:
      kind === "too-close"
        ? { kind, pair: ["holder", "table"], atS, note: 1, clearanceM: -0.01, requiredM: 0.01 }
        : { kind, atS, note: 1, sigma: 0, limit: 0.1 },
  },
});

/** What is said after the last of some bowings, none of which the arm could follow. */
function afterAll(answers: readonly NotFollowed[]): Next {
  let [tried, next]: [Tried, Next | undefined] = [NOTHING_TRIED, undefined];
  for (const answer of answers) {
    next = afterBowing(tried, plan, refuse(answer), Infinity);
    if (next.is === "bow anew") tried = next.tried;
  }
  return next!;
}

const close = [1, 2, 3, 4, 5].map((atS) => notFollowed("too-close", atS));

it("gives up after five bowings in a row that came too near to something, and tells of the first", () => {
  expect(afterAll(close.slice(0, 4)).is).toBe("bow anew");
  expect(afterAll(close)).toMatchObject({ is: "refuse", why: { why: { kind: "too-close", atS: 1 } } });
});

it("goes on where one in between was refused for something else", () => {
  const mixed = [...close.slice(0, 4), notFollowed("near-singularity", 9), ...close.slice(0, 4)];
  expect(afterAll(mixed).is).toBe("bow anew");
});

/** A crossing should take so many times as long as it has. */
function tooHard(excess: number): NotFollowed {
  const { refusal, ...answer } = notFollowed("near-singularity", 1);
  return { ...answer, refusal: { ...refusal, why: { ...refusal.why, crossings: [{ to: 1, excess }] } } };
}

it("gives up after twenty bowings in a row with a crossing that should take more than half as long again", () => {
  const hard = Array.from({ length: 20 }, () => tooHard(1.6));
  expect(afterAll(hard.slice(1)).is).toBe("bow anew");
  expect(afterAll(hard).is).toBe("refuse");
  expect(afterAll([...hard.slice(1), tooHard(1.4), ...hard.slice(1)]).is).toBe("bow anew");
});
