import { expect, it } from "vitest";
import { excerptLooks } from "../../src/planning/excerpt-looks.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import { bowPiece } from "../../src/planning/plan-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "reference" });
/** E2 E♭2 D3 G2 A2, four times: from C to D over a string wrist 2 would have to turn a little faster than it can. */
const QUARTERS = [2, 0.5, 1, 1, 0.5];
const bowed = bowPiece(
  scoreOf(
    Array.from({ length: 20 }, (_, i) => ({
      midi: [40, 39, 50, 43, 45][i % 5]!,
      quarters: QUARTERS[i % 5]!,
      ...(i > 0 && i % 5 === 0 && { rest: 2 }),
    })),
    135,
  ),
  workcell,
);
if (!bowed.ok) throw new Error("cannot be bowed");
/** As if the arm had objected to the crossings into some notes, in vain. */
const objectedAt = (...places: readonly number[]) => ({
  ...bowed.value,
  objections: places.map((noteIndex) => ({
    ...{ noteIndex, from: "C" as const, to: "D" as const, before: "up" as const, after: "down" as const },
    ...{ bowM: 0, reachM: 0 },
  })),
});

it("tells what the arm cannot follow at all places at once, with the notes of the whole", () => {
  const why = excerptLooks(musicContext(workcell)).refusalIn(objectedAt(7, 2));
  expect(why?.crossings?.map(({ to }) => to)).toEqual([2, 7]);
});

it("looks no farther once three places were refused", () => {
  const why = excerptLooks(musicContext(workcell)).refusalIn(objectedAt(2, 7, 12, 17));
  expect(why?.crossings?.map(({ to }) => to)).toEqual([2, 7, 12]);
});

it("looks at neighbours together, and at nothing twice", () => {
  const { unseenS, refusalIn } = excerptLooks(musicContext(workcell));
  expect(unseenS(objectedAt(3, 2))).toBe(unseenS(objectedAt(2)));
  const bothS = unseenS(objectedAt(2, 9));
  refusalIn(objectedAt(2));
  expect(unseenS(objectedAt(2))).toBe(0);
  expect(unseenS(objectedAt(2, 9))).toBeLessThan(bothS);
});

it("says nothing where nothing was objected to", () => {
  expect(excerptLooks(musicContext(workcell)).refusalIn(bowed.value)).toBeUndefined();
});
