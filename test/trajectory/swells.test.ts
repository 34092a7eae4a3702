import { expect, it } from "vitest";
import { contactsFromJoints } from "../../src/instrument/hair/string-contacts.ts";
import { lastIndex } from "../../src/math/last-index.ts";
import type { Joints } from "../../src/math/joints.ts";
import { valueAt } from "../../src/math/smooth-points.ts";
import { planPiece } from "../../src/planning/plan-piece.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";
import { cell, instrument, profile } from "../performance/short-piece.ts";

const planned = planPiece(
  scoreOf([
    { quarters: 2, midi: 52, dynamic: "mp", swell: { fromLevel: 1, toLevel: 3 } },
    { quarters: 2, midi: 52, dynamic: "mp", swell: { fromLevel: 3, toLevel: 1 } },
    { quarters: 1, midi: 52, dynamic: "mp", articulation: "accent" },
    { quarters: 1, midi: 52, dynamic: "mp" },
  ]),
  { instrument, cell, profile },
);
if (!planned.ok) throw new Error(JSON.stringify(planned.why));
const { plan, trajectory } = planned.value;

/** Hair on D by the joints alone. */
function onD(scoreS: number): { forceN: number; speedMps: number } {
  const k = lastIndex([...trajectory.timeS], (t) => t - trajectory.scoreStartS <= scoreS + 1e-9);
  const row = (of: Float64Array): Joints => Array.from(of.subarray(6 * k, 6 * k + 6)) as unknown as Joints;
  const touched = contactsFromJoints(instrument, row(trajectory.q_rad), row(trajectory.qd_radps));
  const d = STRING_NAMES.indexOf("D");
  return { forceN: touched.forceN[d]!, speedMps: Math.abs(touched.bowSpeedMps[d]!) };
}

it.each([0, 1])("follows the hairpin of note %i with force and speed along the stroke", (i) => {
  const { course, startS, endS } = plan.notes[i]!;
  for (const share of [0.2, 0.35, 0.5, 0.65, 0.8]) {
    const at = startS + share * (endS - startS);
    const planned = (of: "forceN" | "speedMps"): number =>
      valueAt(course!.map((point) => ({ at: point.atS, value: point[of] })), at); // prettier-ignore
    const { forceN, speedMps } = onD(at);
    expect(forceN / planned("forceN"), `${share}`).toBeGreaterThan(0.93);
    expect(forceN / planned("forceN"), `${share}`).toBeLessThan(1.07);
    expect(speedMps / planned("speedMps"), `${share}`).toBeGreaterThan(0.93);
    expect(speedMps / planned("speedMps"), `${share}`).toBeLessThan(1.07);
  }
  const [loud, soft] = i === 0 ? [0.85, 0.15] : [0.15, 0.85];
  const [l, s] = [loud, soft].map((share) => onD(startS + share * (endS - startS))) as [
    ReturnType<typeof onD>,
    ReturnType<typeof onD>,
  ];
  // p to mf: 0.55 to 1.1 N, 0.125 to 0.272 m/s
  expect(l.forceN / s.forceN).toBeGreaterThan(1.6);
  expect(l.speedMps / s.speedMps).toBeGreaterThan(1.5);
});

it("begins an accent with more force and speed than it goes on with, and a plain note not", () => {
  const [accent, plain] = [plan.notes[2]!, plan.notes[3]!];
  // Knots lie 20 ms apart, wherever the approach has put them.
  const attack = [0.06, 0.08, 0.1, 0.12].map((s) => onD(accent.startS + s));
  const tone = onD(accent.startS + 0.5);
  expect(Math.max(...attack.map(({ forceN }) => forceN)) / tone.forceN).toBeGreaterThan(1.3);
  expect(Math.max(...attack.map(({ speedMps }) => speedMps)) / tone.speedMps).toBeGreaterThan(1.15);
  expect(onD(plain.startS + 0.1).forceN / onD(plain.startS + 0.5).forceN).toBeLessThan(1.05);
  expect(onD(plain.startS + 0.1).speedMps / onD(plain.startS + 0.5).speedMps).toBeLessThan(1.05);
});
