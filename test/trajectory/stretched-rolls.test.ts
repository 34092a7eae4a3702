import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { clearanceFor } from "../../src/planning/clearance-checks.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { wishedS } from "../../src/trajectory/crossing.ts";
import { musicPath } from "../../src/trajectory/music-path.ts";
import { excessIn } from "../../src/trajectory/stretched-rolls.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

it("makes rolls as long as the joints ask and no longer", async () => {
  const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });
  const { instrument, profile } = workcell;
  const settings = profile.trajectory;
  // Between C and G near the frog the published robot's wrist has far to turn.
  const score = scoreOf([43, 36, 43, 36, 43].map((midi) => ({ midi, quarters: 1 })));
  const plan = planBowing(score, instrument, profile.bowing);
  if (!plan.ok) throw new Error("cannot be bowed");
  const context = {
    ...{ instrument, settings, limits: profile.limits, rampS: profile.bowing.rampS },
    clearance: clearanceFor(workcell),
  };
  const music = musicPath(plan.value, context);
  if (!music.ok) throw new Error("cannot be reached");
  const { motion, path } = music.value;
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
