import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { bowMotion } from "../../src/trajectory/bow-motion.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

it.each(["reference", "paper"])(
  "rolls to two strings and back no deeper than either is pressed for its own note, without a jump (%s)",
  async (calibration) => {
    const { instrument, profile } = await loadWorkcell({
      ...{ profile: "simulation", set: [], cell: "", calibration },
    });
    // A2, E3 over A2, A2: on G, on G and D, on G, where alone it bears more than with D
    const score = scoreOf([
      { midi: 45, quarters: 1 },
      { midi: 52, lowerMidi: 45, quarters: 1 },
      { midi: 45, quarters: 1 },
    ]);
    const plan = planBowing(score, instrument, profile.bowing);
    if (!plan.ok) throw new Error("cannot be bowed");
    const motion = bowMotion(plan.value, instrument, { ...profile.trajectory, rampS: profile.bowing.rampS });
    expect(motion.crossings).toHaveLength(2);
    for (const { startS, endS } of motion.crossings) {
      const deepestM = Math.min(motion.at(startS - 1e-3).heightM, motion.at(endS + 1e-3).heightM);
      for (let atS = startS; atS < endS; atS += 0.005) {
        expect(motion.at(atS).heightM).toBeGreaterThan(deepestM - 3e-4);
        expect(Math.abs(motion.at(atS + 0.01).heightM - motion.at(atS).heightM)).toBeLessThan(1e-3);
      }
    }
  },
);
