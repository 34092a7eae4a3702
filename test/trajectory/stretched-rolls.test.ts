import { expect, it } from "vitest";
import { NOTHING_HEEDED } from "../../src/bowing/heeded.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { wishedS } from "../../src/trajectory/crossing.ts";
import { musicPath, type MusicPath } from "../../src/trajectory/music-path.ts";
import { excessIn } from "../../src/trajectory/stretched-rolls.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });
const { instrument, profile } = workcell;
const context = musicContext(workcell);
const { settings } = context;

/** A second each on the published cell. */
function musicOf(pitches: readonly number[], quarters = 1, heeded = NOTHING_HEEDED): MusicPath {
  const score = scoreOf(pitches.map((midi) => ({ midi, quarters })));
  const plan = planBowing(score, instrument, profile.bowing, heeded);
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

it("goes slower in the parts of a hop over strings that ask more of the joints: all parts ask about the same", () => {
  const { motion, path } = musicOf([36, 50, 36, 50, 43, 57, 43]);
  const hops = motion.crossings.filter(({ hop }) => hop);
  expect(hops.length).toBe(5);
  for (const { startS, endS, ...hop } of hops) {
    const { paces } = hop.timing;
    const timeS = (part: number): number => startS + ((endS - startS) * part) / paces.length;
    const asked = paces.map((_, part) => {
      const window = { startS: timeS(part) - 0.01, endS: timeS(part + 1) + 0.01 };
      return excessIn({ ...hop, ...window }, path, context, settings.crossingLimitShare);
    });
    expect(Math.min(...asked), `hop to note ${hop.to}`).toBeGreaterThan(0.85);
    expect(Math.max(...asked), `hop to note ${hop.to}`).toBeLessThan(1.03);
    expect(Math.max(...paces) - Math.min(...paces), `hop to note ${hop.to}`).toBeGreaterThan(0.1);
  }
});

it("lets rolls that the notes leave no more time go slower in the parts that ask more, where that is wanted: they ask less", () => {
  const quick = [43, 50, 43, 50, 43, 50, 57, 50, 43];
  const bowed = (pacedRolls: boolean) => {
    const { motion, path } = musicOf(quick, 0.25, { ...NOTHING_HEEDED, pacedRolls });
    const asked = motion.crossings.map((roll) => excessIn(roll, path, context, settings.crossingLimitShare));
    return { asked, rollsS: motion.crossings.map(({ startS, endS }) => endS - startS) };
  };
  const [{ asked: even, rollsS }, { asked: paced, rollsS: longerS }] = [bowed(false), bowed(true)];
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  expect(sum(longerS)).toBeGreaterThan(1.03 * sum(rollsS));
  expect(even).toHaveLength(quick.length - 1);
  even.forEach((excess, roll) => {
    expect(excess).toBeGreaterThan(1.1);
    expect(paced[roll], `roll ${roll}`).toBeLessThan(0.97 * excess);
  });
  expect(Math.max(...paced)).toBeLessThan(0.9 * Math.max(...even));
});
