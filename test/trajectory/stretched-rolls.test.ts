import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { clearanceFor } from "../../src/planning/clearance-checks.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { wishedS, type Crossing } from "../../src/trajectory/crossing.ts";
import { musicPath, type MusicPath } from "../../src/trajectory/music-path.ts";
import { hastened } from "../../src/trajectory/roll-timing.ts";
import { excessIn } from "../../src/trajectory/stretched-rolls.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });
const { instrument, profile } = workcell;
const settings = profile.trajectory;
const context = {
  ...{ instrument, settings, limits: profile.limits, rampS: profile.bowing.rampS },
  clearance: clearanceFor(workcell),
};

/** Quarters of a second each on the published cell. */
function musicOf(pitches: readonly number[]): MusicPath {
  const score = scoreOf(pitches.map((midi) => ({ midi, quarters: 1 })));
  const plan = planBowing(score, instrument, profile.bowing);
  if (!plan.ok) throw new Error("cannot be bowed");
  const music = musicPath(plan.value, context);
  if (!music.ok) throw new Error("cannot be reached");
  return music.value;
}

it("makes rolls as long as the joints ask and no longer", () => {
  // Between C and G near the frog the published robot's wrist has far to turn.
  const { motion, path } = musicOf([43, 36, 43, 36, 43]);
  const stretched = motion.crossings.filter(
    (crossing) => crossing.endS - crossing.startS > 1.05 * wishedS(crossing, settings),
  );
  expect(stretched.length).toBeGreaterThan(2);
  for (const crossing of stretched) {
    const use = excessIn(crossing, path, context, settings.crossingLimitShare);
    expect(use, `roll to note ${crossing.to}`).toBeGreaterThan(0.8);
    expect(use, `roll to note ${crossing.to}`).toBeLessThan(1.05);
  }
});

it("takes a hop over strings slower where it asks more of the joints: both halves ask about the same", () => {
  const { motion, path } = musicOf([36, 50, 36, 50, 43, 57, 43]);
  const hops = motion.crossings.filter(({ hop }) => hop);
  expect(hops.length).toBe(5);
  let hastened = 0;
  for (const hop of hops) {
    const middleS = (hop.startS + hop.endS) / 2;
    const use = (part: Partial<Crossing>): number =>
      excessIn({ ...hop, ...part }, path, context, settings.crossingLimitShare);
    const ratio = use({ endS: middleS }) / use({ startS: middleS });
    expect(Math.abs(Math.log(ratio)), `hop to note ${hop.to}`).toBeLessThan(Math.log(1.15));
    if (Math.abs(hop.haste) > 0.1) hastened += 1;
  }
  expect(hastened).toBeGreaterThan(1);
});

it("gains speed evenly over a hastened turn, and goes once from its beginning to its end", () => {
  for (const haste of [-0.4, 0, 0.25]) {
    const slopeAt = (x: number): number => (hastened(x + 1e-6, haste) - hastened(x - 1e-6, haste)) / 2e-6;
    expect([hastened(0, haste), hastened(1, haste)]).toEqual([0, 1]);
    expect(slopeAt(0)).toBeCloseTo(1 - haste, 6);
    expect(slopeAt(0.5)).toBeCloseTo(1, 6);
    expect(slopeAt(1)).toBeCloseTo(1 + haste, 6);
  }
});
