import { expect, it } from "vitest";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import type { Joints } from "../../src/math/joints.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { touchAt } from "../../src/instrument/touch.ts";
import { planTrajectory } from "../../src/trajectory/plan-trajectory.ts";
import { bowMotion } from "../../src/trajectory/bow-motion.ts";
import { toolPath } from "../../src/trajectory/tool-path.ts";
import { makeClearanceCheck } from "../../src/collision/clearance.ts";
import { cell, instrument, profile, shortPiece } from "../performance/short-piece.ts";

const { plan, trajectory } = shortPiece(12);
const motion = bowMotion(plan, instrument, { ...profile.trajectory, rampS: profile.bowing.rampS });
const path = toolPath(motion, instrument);

it("puts the planned hair on the planned place of the string when a note begins", () => {
  for (const note of plan.notes) {
    const touch = touchAt(
      path.flangeAt((note.startS + note.endS) / 2),
      instrument.hair,
      instrument.strings[note.string],
    );
    expect(touch.contactM).toBeCloseTo(note.contactM, 4);
    expect(touch.bowM).toBeCloseTo((note.bowStartM + note.bowEndM) / 2, 4);
    expect(touch.pressedM).toBeGreaterThan(0);
  }
});

it("touches both strings alike at the onset of a crossing", () => {
  expect(motion.crossings.length).toBeGreaterThan(1);
  for (const { to, fromString, toString } of motion.crossings) {
    const X_BF = path.flangeAt(plan.notes[to]!.startS);
    const [from, into] = [fromString, toString].map(
      (s) => touchAt(X_BF, instrument.hair, instrument.strings[STRING_NAMES[s]!]).pressedM,
    );
    expect(Math.abs(from! - into!)).toBeLessThan(0.0001);
  }
});

it("starts and ends at rest in the parked pose", () => {
  const last = trajectory.timeS.length - 1;
  for (const k of [0, last])
    for (let j = 0; j < 6; j++) {
      expect(trajectory.q_rad[k * 6 + j]).toBeCloseTo(instrument.parked_rad[j]!, 9);
      expect(trajectory.qd_radps[k * 6 + j]).toBeCloseTo(0, 5);
    }
});

it("keeps the knots on the tool path to a hundredth of a millimetre", () => {
  trajectory.timeS.forEach((t, k) => {
    const scoreS = t - trajectory.scoreStartS;
    if (scoreS < path.startS || scoreS > path.endS) return;
    const q = Array.from(trajectory.q_rad.subarray(k * 6, k * 6 + 6)) as unknown as Joints;
    const [is, wanted] = [forwardKinematics(instrument.dh, q).p_m, path.flangeAt(scoreS).p_m];
    expect(Math.hypot(...is.map((v, i) => v - wanted[i]!))).toBeLessThan(1e-5);
  });
});

it("refuses with joint, number and limit when a limit is tightened below what is used", () => {
  const { joint, value } = trajectory.margins.jointSpeed;
  const tight = profile.limits.jointSpeed_radps.map((v, j) =>
    j === joint ? value * 0.5 : v,
  ) as unknown as Joints;
  const clearance = makeClearanceCheck(instrument, cell);
  const limits = { ...profile.limits, jointSpeed_radps: tight };
  const context = {
    instrument,
    limits,
    clearance,
    settings: profile.trajectory,
    rampS: profile.bowing.rampS,
  };
  const planned = planTrajectory(plan, context);
  expect(planned.ok).toBe(false);
  if (!planned.ok)
    expect(planned.why).toMatchObject({ kind: "joint-limit", quantity: "speed", joint, limit: value * 0.5 });
});

it("is the same bytes for the same plan", () => {
  const again = shortPiece(12).trajectory;
  expect(again.provenance).toEqual(trajectory.provenance);
  expect(again.q_rad).toEqual(trajectory.q_rad);
});
