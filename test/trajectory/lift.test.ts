import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { bowMotion } from "../../src/trajectory/bow-motion.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const { instrument, profile } = await loadWorkcell({
  ...{ profile: "simulation", set: [], cell: "", calibration: "reference" },
});
const settings = { ...profile.trajectory, rampS: profile.bowing.rampS };

/** How high the hair is lifted in a rest of so many seconds between two notes [m]. */
function liftedM(restS: number): number {
  const plan = planBowing(
    scoreOf([{ quarters: 1 }, { quarters: 1, rest: restS }]),
    instrument,
    profile.bowing,
  );
  if (!plan.ok) throw new Error("cannot be bowed");
  const motion = bowMotion(plan.value, instrument, settings);
  const [lift] = plan.value.lifts;
  const at = (share: number): number => motion.at(lift!.startS + share * (lift!.endS - lift!.startS)).heightM;
  return Math.max(...[0.3, 0.4, 0.5, 0.6].map(at));
}

it("lifts the bow less in a short rest, so that no joint is torn up", () => {
  // 0.4 s of rest are a lift of 0.33 s, up in 0.132 s: with 4 m/s² 4 · 0.132² ÷ 5.774 = 12.1 mm
  expect(liftedM(0.4)).toBeCloseTo(0.0121, 4);
  expect(liftedM(0.5)).toBeCloseTo(0.02, 4);
  expect(liftedM(2)).toBeCloseTo(0.02, 4);
});
