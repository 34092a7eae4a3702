import { expect, it } from "vitest";
import { compromises } from "../../src/bowing/compromises.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import type { Score } from "../../src/score/score.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { bowMotion } from "../../src/trajectory/bow-motion.ts";
import { randomScore, scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "reference" });
const { instrument, profile } = workcell;
const { settings, rampS } = musicContext(workcell);
/** Half of what accelerations are differenced over [s]. */
const HALF_S = 0.004;

/** Largest acceleration of the hair along its string, where the bow does not roll and is not lifted [m/s²]. */
function largestMps2(score: Score): number {
  const bowed = planBowing(score, instrument, profile.bowing);
  if (!bowed.ok) return 0;
  const motion = bowMotion(bowed.value, instrument, { ...settings, rampS });
  const elsewhere = [...motion.crossings, ...bowed.value.lifts];
  const bowM = (s: number): number => motion.at(s).bowM;
  let largest = 0;
  for (let s = motion.startS + 1; s < motion.endS - 1; s += HALF_S) {
    if (elsewhere.some(({ startS, endS }) => s > startS - HALF_S && s < endS + HALF_S)) continue;
    const bend = bowM(s + HALF_S) - 2 * bowM(s) + bowM(s - HALF_S);
    largest = Math.max(largest, Math.abs(bend) / HALF_S ** 2);
  }
  return largest;
}

it("never accelerates the hair along its string by more than 14 m/s², whatever is written", () => {
  // 10 by the setting; a last note's shorter ramp (÷ 0.8) and a stroke that makes up for a slow start (× 1.08) add up to 1.35
  let largest = 0;
  for (let seed = 1; seed <= 40; seed++) largest = Math.max(largest, largestMps2(randomScore(seed, 40)));
  expect(largest).toBeLessThan(14);
  expect(largest).toBeGreaterThan(8); // short loud notes do ask for it
});

it("moves the bow's speed less where a leap of loudness asks the hand for more than it has, and says so", () => {
  const leap = scoreOf([
    { quarters: 1, midi: 52, dynamic: "pp" },
    { quarters: 0.3, midi: 53, dynamic: "ff", slurredFromPrevious: true },
  ]);
  const by = (stringAccelerationMps2: number) => {
    const settings = { ...profile.bowing, stringAccelerationMps2 };
    const bowed = planBowing(leap, instrument, settings);
    if (!bowed.ok) throw new Error("cannot be bowed");
    const speeds = bowed.value.notes.flatMap(({ course }) => course!.map(({ speedMps }) => speedMps));
    return {
      said: compromises(leap, bowed.value, settings),
      times: Math.max(...speeds) / Math.min(...speeds),
    };
  };
  const [strong, weak] = [by(profile.bowing.stringAccelerationMps2), by(2)];
  expect(strong.times).toBeCloseTo(0.4 / 0.08, 1); // ff ÷ pp
  expect(strong.said).toEqual([]);
  expect(weak.times).toBeLessThan(2);
  expect(weak.said.join()).toContain("the hand cannot change its speed so fast");
  expect(largestMps2(leap)).toBeLessThan(14);
});
