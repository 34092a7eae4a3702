import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { musicPath } from "../../src/trajectory/music-path.ts";
import { shortenedHops } from "../../src/trajectory/shortened-hops.ts";
import { excessIn } from "../../src/trajectory/stretched-rolls.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });
const { instrument, profile } = workcell;
const context = musicContext(workcell);
const { settings } = context;

/** A second each: C and A in turn, and a neighbour. */
const plan = planBowing(
  scoreOf([36, 57, 36, 57, 36, 43].map((midi) => ({ midi, quarters: 4 }))),
  instrument,
  profile.bowing,
);
if (!plan.ok) throw new Error("cannot be bowed");
const before = musicPath(plan.value, context);
if (!before.ok) throw new Error("cannot be reached");
const hops = before.value.motion.crossings.filter(({ hop }) => hop).map(({ to }) => to);
const lengthsS = (path: Pick<typeof before.value, "motion">): readonly number[] =>
  path.motion.crossings.map(({ startS, endS }) => endS - startS);
const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);

it("makes hops shorter by leaning the bow for them, and asks no more of the joints", () => {
  const after = shortenedHops(before.value, plan.value, context, new Set());
  expect(hops.length).toBe(4);
  expect(sum(lengthsS(after))).toBeLessThan(0.97 * sum(lengthsS(before.value)));
  for (const crossing of after.motion.crossings)
    expect(
      excessIn(crossing, after.path, context, settings.crossingLimitShare),
      `to note ${crossing.to}`,
    ).toBeLessThan(1.03);
  const { tilt, skew } = settings.posture;
  expect(Math.max(...after.controls.tilt.map(Math.abs))).toBeLessThanOrEqual(tilt.mostAtHops_rad);
  expect(Math.max(...after.controls.skew.map(Math.abs))).toBeLessThanOrEqual(skew.most_rad);
});

it("leaves the path as it is where no hop may be shorter, and away from those that may", () => {
  expect(shortenedHops(before.value, plan.value, context, new Set(hops))).toBe(before.value);
  const last = shortenedHops(before.value, plan.value, context, new Set(hops.slice(0, -1)));
  const second = Math.round(1 / settings.sampleS) * 6;
  expect(last.path.q_rad.slice(0, 2 * second)).toEqual(before.value.path.q_rad.slice(0, 2 * second));
  expect(lengthsS(last).slice(0, 2)).toEqual(lengthsS(before.value).slice(0, 2));
  expect(sum(lengthsS(last))).toBeLessThan(sum(lengthsS(before.value)));
});
