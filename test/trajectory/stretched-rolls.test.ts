import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { wishedS, type Crossing } from "../../src/trajectory/crossing.ts";
import { musicPath, type MusicPath } from "../../src/trajectory/music-path.ts";
import type { SampledPath } from "../../src/trajectory/plan-trajectory.ts";
import { EVEN } from "../../src/trajectory/roll-timing.ts";
import { excessIn } from "../../src/trajectory/stretched-rolls.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });
const { instrument, profile } = workcell;
const context = musicContext(workcell);
const { settings } = context;

/** A second each on the published cell. */
function musicOf(pitches: readonly number[], quarters = 1): MusicPath {
  const score = scoreOf(pitches.map((midi) => ({ midi, quarters })));
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

/** What each part of a roll asks of the arm. */
const askedInParts = ({ startS, endS, ...roll }: Crossing, path: SampledPath): readonly number[] =>
  roll.timing.paces.map((_, part, { length }) => {
    const timeS = (k: number): number => startS + ((endS - startS) * k) / length;
    const window = { startS: timeS(part) - 0.01, endS: timeS(part + 1) + 0.01 };
    return excessIn({ ...roll, ...window }, path, context, settings.crossingLimitShare);
  });

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

it("goes slower in the parts of a hop over strings that ask more of the joints: all parts ask about the same", () => {
  const { motion, path } = musicOf([36, 50, 36, 50, 43, 57, 43]);
  const hops = motion.crossings.filter(({ hop }) => hop);
  expect(hops.length).toBe(5);
  for (const hop of hops) {
    const asked = askedInParts(hop, path);
    expect(Math.min(...asked), `hop to note ${hop.to}`).toBeGreaterThan(0.85);
    expect(Math.max(...asked), `hop to note ${hop.to}`).toBeLessThan(1.03);
    expect(spread(hop.timing.paces), `hop to note ${hop.to}`).toBeGreaterThan(0.1);
  }
});

it("does the same in rolls that the notes leave less time than they want, and only there", () => {
  const isShort = (roll: Crossing): boolean =>
    roll.endS - roll.startS < 0.99 * roll.timing.stretch * wishedS(roll, settings);
  const quick = musicOf([43, 50, 43, 50, 43, 50, 57, 50, 43], 0.25);
  expect(quick.motion.crossings.filter(isShort)).toHaveLength(8);
  for (const roll of quick.motion.crossings)
    expect(spread(askedInParts(roll, quick.path)), `roll to note ${roll.to}`).toBeLessThan(0.12);
  const slow = musicOf([43, 50, 43, 50, 43], 2);
  expect(slow.motion.crossings.filter(isShort)).toEqual([]);
  for (const { timing } of slow.motion.crossings) expect(timing.paces).toBe(EVEN);
});
