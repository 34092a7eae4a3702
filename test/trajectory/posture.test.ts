import { expect, it } from "vitest";
import { CLEARANCE_SETTINGS, makeClearanceCheck } from "../../src/collision/clearance.ts";
import { seededRandom } from "../../src/math/random.ts";
import { bowMotion } from "../../src/trajectory/bow-motion.ts";
import { choosePosture } from "../../src/trajectory/choose-posture.ts";
import { easePosture } from "../../src/trajectory/ease-posture.ts";
import type { PostureControls } from "../../src/trajectory/posture-controls.ts";
import { shareAt } from "../../src/trajectory/linear-shares.ts";
import { lookAtPosture, statesLookedAt } from "../../src/trajectory/posture-look.ts";
import { cell, instrument, profile, shortPiece } from "../performance/short-piece.ts";

const { plan } = shortPiece(10);
const motion = bowMotion(plan, instrument, { ...profile.trajectory, rampS: profile.bowing.rampS });
const context = {
  instrument,
  limits: profile.limits,
  clearance: makeClearanceCheck(instrument, cell, {
    ...CLEARANCE_SETTINGS,
    requiredM: 0.01,
    stickOverStringM: 0.003,
  }),
};
const { posture } = profile.trajectory;
const look = (controls: PostureControls) =>
  lookAtPosture(statesLookedAt(motion, posture.gridS), controls, posture.gridS, context)!;
const worst = (controls: PostureControls): number => Math.max(...look(controls).value.map(Math.abs));

it("tells how speeds, accelerations and clearance follow tilt and skew, as trying it does", () => {
  const count = Math.ceil((motion.endS - motion.startS) / posture.gridS) + 1;
  const random = seededRandom(4);
  const flat = { tilt: new Float64Array(count), skew: new Float64Array(count) };
  const here = look(flat);
  const nudge = 1e-4;
  const away = Float64Array.from({ length: 2 * count }, () => nudge * (random() - 0.5));
  const moved = {
    tilt: flat.tilt.map((_, k) => away[2 * k]!),
    skew: flat.skew.map((_, k) => away[2 * k + 1]!),
  };
  const there = look(moved);
  expect(here.count).toBeGreaterThan(1000);
  for (let i = 0; i < here.count; i++) {
    const [before, after] = [here.value[i]!, there.value[i]!];
    expect(Math.abs(after - shareAt(here, i, away)), `share ${i}`).toBeLessThan(
      2e-3 * 0.5 + 0.2 * Math.abs(after - before),
    );
  }
});

it("makes the worst moment easier than the flat bow's, inside its ranges and at rest at both ends", () => {
  const chosen = choosePosture(motion, { ...context, posture });
  const far = { tilt: chosen.tilt.map(() => 0.3), skew: chosen.skew };
  const eased = easePosture(motion, far, 3, posture, context);
  expect(worst(eased)).toBeLessThan(worst(far));
  for (const { of, most } of [
    { of: eased.tilt, most: posture.tilt.most_rad },
    { of: eased.skew, most: posture.skew.most_rad },
  ]) {
    expect(Math.max(...of.map(Math.abs))).toBeLessThanOrEqual(most + 1e-12);
    expect([of[0], of[1]]).toEqual([of[2], of[2]]);
    expect([of.at(-1), of.at(-2)]).toEqual([of.at(-3), of.at(-3)]);
  }
});

it("is the same for the same music", () => {
  const once = choosePosture(motion, { ...context, posture });
  expect(choosePosture(motion, { ...context, posture })).toEqual(once);
});
