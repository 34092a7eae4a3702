import { expect, it } from "vitest";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import type { Joints } from "../../src/math/joints.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { touchAt } from "../../src/instrument/touch.ts";
import { ledRolls } from "../../src/trajectory/led-rolls.ts";
import { musicPath } from "../../src/trajectory/music-path.ts";
import { trajectoryOf, withTravels } from "../../src/trajectory/plan-trajectory.ts";
import { postureOf } from "../../src/trajectory/posture-controls.ts";
import { toolPath } from "../../src/trajectory/tool-path.ts";
import { clearanceFor, freeClearance } from "../../src/planning/clearance-checks.ts";
import { cell, instrument, profile, shortPiece } from "../performance/short-piece.ts";

const { plan, trajectory } = shortPiece(12);
const context = withTravels({
  instrument,
  limits: profile.limits,
  clearance: clearanceFor({ instrument, cell, profile }),
  free: freeClearance({ instrument, cell, profile }),
  settings: profile.trajectory,
  rampS: profile.bowing.rampS,
});
const music = musicPath(plan, context);
if (!music.ok) throw new Error(JSON.stringify(music.why));
// As the short piece's own motion: its rolls lead.
const { motion, controls } = ledRolls(music.value, plan, context, new Set());
const posture = postureOf(controls, motion.startS, profile.trajectory.posture.gridS);
const path = toolPath(motion, instrument, posture);

it("puts the planned hair on the planned place of the string when a note begins", () => {
  for (const [i, note] of plan.notes.entries()) {
    const touch = touchAt(
      path.flangeAt((note.startS + note.endS) / 2),
      instrument.hair,
      instrument.strings[note.string],
    );
    expect(touch.contactM).toBeCloseTo(note.contactM, 4);
    // From rest the bow begins 11 ms late and is half of that behind in the middle of the note.
    const late = i === 0 ? (profile.trajectory.startFromRestS / 2) * note.bowSpeedMps : 0;
    expect(touch.bowM).toBeCloseTo((note.bowStartM + note.bowEndM) / 2 - late, 4);
    expect(touch.pressedM).toBeGreaterThan(0);
  }
});

it("touches both strings alike when a crossing reaches the new one, at the onset or as long before as it leads", () => {
  expect(motion.crossings.length).toBeGreaterThan(1);
  expect(motion.crossings.some(({ timing }) => timing.leadS > 0.015)).toBe(true);
  for (const { to, fromLevel, toLevel, timing } of motion.crossings) {
    const X_BF = path.flangeAt(plan.notes[to]!.startS - timing.leadS);
    const [from, into] = [fromLevel, toLevel].map(
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

it("keeps the knots on the tool path to a nanometre", () => {
  trajectory.timeS.forEach((t, k) => {
    const scoreS = t - trajectory.scoreStartS;
    if (scoreS < path.startS || scoreS > path.endS) return;
    const q = Array.from(trajectory.q_rad.subarray(k * 6, k * 6 + 6)) as unknown as Joints;
    const [is, wanted] = [forwardKinematics(instrument.dh, q).p_m, path.flangeAt(scoreS).p_m];
    expect(Math.hypot(...is.map((v, i) => v - wanted[i]!))).toBeLessThan(1e-9);
  });
});

it("refuses with joint, number and limit when a limit is tightened below what is used", () => {
  const { joint, value } = trajectory.margins.jointSpeed;
  const tight = profile.limits.jointSpeed_radps.map((v, j) =>
    j === joint ? value * 0.1 : v,
  ) as unknown as Joints;
  const limits = { ...profile.limits, jointSpeed_radps: tight };
  const tightened = { ...context, limits };
  const slow = musicPath(plan, tightened);
  if (!slow.ok) throw new Error("cannot be reached");
  const planned = trajectoryOf(plan, slow.value, tightened);
  expect(planned.ok).toBe(false);
  if (!planned.ok)
    expect(planned.why).toMatchObject({ kind: "joint-limit", quantity: "speed", joint, limit: value * 0.1 });
});

it("is the same bytes for the same plan", () => {
  const again = shortPiece(12).trajectory;
  expect(again.provenance).toEqual(trajectory.provenance);
  expect(again.q_rad).toEqual(trajectory.q_rad);
});
