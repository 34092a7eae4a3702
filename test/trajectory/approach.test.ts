import { expect, it } from "vitest";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import { box, capsule, sphere, type Shape } from "../../src/collision/shape.ts";
import type { Joints } from "../../src/math/joints.ts";
import type { Vec3 } from "../../src/math/vec.ts";
import { explainNoApproach } from "../../src/trajectory/approach.ts";
import { clearanceFor, freeClearance } from "../../src/planning/clearance-checks.ts";
import { explainPieceRefusal, planPiece } from "../../src/planning/plan-piece.ts";
import { lastIndex } from "../../src/math/last-index.ts";
import { cell, instrument, profile, shortPiece } from "../performance/short-piece.ts";

/** The shipped parked pose hangs over the strings; this one stands aside. */
const aside = { ...instrument, parked_rad: [-3.4, -1.3, 1.5, -1.6, -1.5, -3] as Joints };
const { score } = shortPiece(4);
const unhindered = planPiece(score, { instrument: aside, cell, profile });
if (!unhindered.ok) throw new Error(explainPieceRefusal(unhindered.why, score));
const { plan, trajectory } = unhindered.value;
const row = (of: Float64Array, k: number): Joints =>
  Array.from(of.subarray(6 * k, 6 * k + 6)) as unknown as Joints;
const inTheWay = (shape: Shape) => ({ ...cell, obstacles: [...cell.obstacles, { name: "lamp", shape }] });
const played = (shape: Shape) => planPiece(score, { instrument: aside, cell: inTheWay(shape), profile });

/** Knots of the approach to the place above the first string, and where the flange is half-way. */
const landing = lastIndex(
  [...trajectory.timeS],
  (t) => t - trajectory.scoreStartS < plan.notes[0]!.startS - 0.6,
);
const halfWay = forwardKinematics(aside.dh, row(trajectory.q_rad, Math.round(landing / 2))).p_m;

it("goes straight from the parked pose where nothing is in between", () => {
  const [from, to] = [row(trajectory.q_rad, 0), row(trajectory.q_rad, landing)];
  const middle = row(trajectory.q_rad, Math.round(landing / 2));
  const shares = middle.map((v, j) => (v - from[j]!) / (to[j]! - from[j]!));
  for (const share of shares) expect(share).toBeCloseTo(shares[0]!, 2);
});

it("goes around what stands between the parked pose and the string, clear of it all the way, and plays the same", () => {
  const lamp = capsule(halfWay, halfWay, 0.02);
  const around = played(lamp);
  if (!around.ok) throw new Error(explainPieceRefusal(around.why, score));
  const { q_rad, timeS, scoreStartS, margins } = around.value.trajectory;
  const at = { instrument: aside, cell: inTheWay(lamp), profile };
  const [free, music] = [freeClearance(at), clearanceFor(at)];
  for (let k = 0; k < timeS.length; k++) {
    const scoreS = timeS[k]! - scoreStartS;
    const check =
      scoreS < plan.notes[0]!.startS - 0.7 || scoreS > plan.notes.at(-1)!.endS + 0.7 ? free : music;
    expect(check.clearanceAt(row(q_rad, k)).minM).toBeGreaterThanOrEqual(check.requiredM - 1e-6);
  }
  expect(margins.clearance.minM).toBeGreaterThanOrEqual(margins.clearance.requiredM);
  expect(scoreStartS).toBeGreaterThan(trajectory.scoreStartS);
  expect(around.value.plan).toEqual(plan);
  const again = played(lamp);
  expect(again.ok && again.value.trajectory.q_rad).toEqual(q_rad);
});

it("says what stands in the parked pose, above a string, or on the way", () => {
  const parked = forwardKinematics(aside.dh, aside.parked_rad).p_m;
  const planned = played(box(parked, [0.03, 0.03, 0.03]));
  expect(planned.ok ? "played" : explainPieceRefusal(planned.why, score)).toMatch(
    /^in the parked pose .* and lamp run into each other; 10\.0 mm between them is required; choose another parked pose, or move what is in the way$/,
  );
  const why = { pair: ["bow stick", "lamp"] as const, clearanceM: 0.0042, requiredM: 0.01 };
  expect(explainNoApproach({ ...why, leg: "retreat", where: "start" }, "D3, bar 4 beat 2")).toBe(
    "above the last string (D3, bar 4 beat 2) bow stick and lamp come within 4.2 mm; 10.0 mm is required, " +
      "and no other bowing was found that avoids it; move what is in the way",
  );
  expect(explainNoApproach({ ...why, leg: "approach", where: "between" }, "D3, bar 1 beat 1")).toBe(
    "no way was found from the parked pose to the first string: on the straight one bow stick and lamp come within 4.2 mm; " +
      "10.0 mm is required; move what stands between, or choose another parked pose",
  );
});

const lampAt = (at_m: Vec3) => inTheWay(sphere(at_m, 0.04));
it.each([
  { end: "last", lamp: lampAt([0.4507, 0.3558, 0.352]) },
  { end: "first", lamp: lampAt([0.2759, 0.768, 0.2449]) },
])("bows the $end note elsewhere on the hair where a lamp hangs above its string", ({ end, lamp }) => {
  const [free, note] = [freeClearance({ instrument: aside, cell: lamp, profile }), end === "last" ? -1 : 0];
  const around = planPiece(score, { instrument: aside, cell: lamp, profile });
  if (!around.ok) throw new Error(explainPieceRefusal(around.why, score));
  const [before, after] = [plan.notes.at(note)!, around.value.plan.notes.at(note)!];
  expect(Math.abs(after.bowStartM - before.bowStartM)).toBeGreaterThan(0.03);
  const { q_rad, timeS, scoreStartS } = around.value.trajectory;
  const away = [...timeS.keys()].filter((k) => {
    const scoreS = timeS[k]! - scoreStartS;
    return scoreS < plan.notes[0]!.startS - 0.7 || scoreS > plan.notes.at(-1)!.endS + 0.7;
  });
  for (const k of away)
    expect(free.clearanceAt(row(q_rad, k)).minM).toBeGreaterThanOrEqual(free.requiredM - 1e-6);
});

it("says which note lies under what no bowing avoids", () => {
  const lamp = lampAt([0.3878, 0.5027, 0.1037]);
  const refused = planPiece(score, { instrument: aside, cell: lamp, profile });
  expect(refused.ok ? "played" : explainPieceRefusal(refused.why, score)).toMatch(
    /^above the first string \(D3 in bar 1 beat 1\) bow stick and lamp run into each other; .*no other bowing was found/,
  );
});
