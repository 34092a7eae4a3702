import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import type { ClearanceCheck } from "../../src/collision/clearance.ts";
import { jointsAt, type Joints } from "../../src/math/joints.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import { planPiece } from "../../src/planning/plan-piece.ts";
import { finishedMotion } from "../../src/planning/finished-motion.ts";
import { evaluatePerformance } from "../../src/evaluation/evaluate-performance.ts";
import { plannedRecord } from "../../src/replay/planned-record.ts";
import { OPEN_MIDI } from "../../src/score/open-strings.ts";
import { loadPiece } from "../../src/shelf/load-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import type { JointTrajectory } from "../../src/trajectory/joint-trajectory.ts";
import { musicPath } from "../../src/trajectory/music-path.ts";
import { trajectoryOf, withTravels } from "../../src/trajectory/plan-trajectory.ts";
import { shortenedHops } from "../../src/trajectory/shortened-hops.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });
const context = withTravels({ ...musicContext(workcell), free: freeClearance(workcell) });
/** A second each: hops between C and A at 1 s, 2 s and 8 s. */
const score = scoreOf([36, 57, 36, 43, 50, 43, 50, 57, 36].map((midi) => ({ midi, quarters: 4 })));
const bowed = planBowing(score, workcell.instrument, workcell.profile.bowing);
if (!bowed.ok) throw new Error("cannot be bowed");
const plan = bowed.value;
const followed = musicPath(plan, context);
if (!followed.ok) throw new Error("cannot be reached");
const path = followed.value;
const planned = trajectoryOf(plan, path, context);
if (!planned.ok) throw new Error("cannot be played");
const { trajectory } = planned.value;

const farther = (a: Joints, b: Joints): number => Math.max(...a.map((v, j) => Math.abs(v - b[j]!)));
const knotsOf = ({ q_rad }: JointTrajectory): readonly Joints[] =>
  Array.from({ length: q_rad.length / 6 }, (_, k) => jointsAt(q_rad, k));
const nearest = (to: Joints, motion: JointTrajectory): number =>
  Math.min(...knotsOf(motion).map((q) => farther(q, to)));

/** As if something stood where only one configuration touches it. */
function blockedAt(q_rad: Joints): ClearanceCheck {
  const { clearance } = context;
  return {
    ...clearance,
    sweepSpline: (from, to, durationS, farM) => {
      const swept = clearance.sweepSpline(from, to, durationS, farM);
      const touches = farther(from.q_rad, q_rad) < 0.02 || farther(to.q_rad, q_rad) < 0.02;
      return touches ? { ...swept, lowerBoundM: 0, sampledM: 0 } : swept;
    },
  };
}

it("keeps hops as they were around a place that their shorter selves come too near to, and makes the others shorter", () => {
  const shorter = shortenedHops(path, plan, context, new Set());
  const free = trajectoryOf(plan, shorter, context);
  if (!free.ok) throw new Error("cannot be played with shorter hops");
  // Of the last hop, the configuration that the longer one passes at the greatest distance.
  const last = shorter.motion.crossings.at(-1)!;
  const inLast = knotsOf(free.value.trajectory).filter((_, k) => {
    const { timeS, scoreStartS } = free.value.trajectory;
    return timeS[k]! - scoreStartS > last.startS && timeS[k]! - scoreStartS < last.endS;
  });
  const [blocked] = [...inLast].sort((a, b) => nearest(b, trajectory) - nearest(a, trajectory));
  expect(nearest(blocked!, trajectory)).toBeGreaterThan(0.03);

  const around = finishedMotion({ plan, trajectory }, path, { ...context, clearance: blockedAt(blocked!) });
  expect(nearest(blocked!, around)).toBeGreaterThan(0.02);
  const unlike = (a: JointTrajectory, fromS: number, toS: number): number =>
    Math.max(
      ...knotsOf(a).map((q, k) => {
        const s = a.timeS[k]! - a.scoreStartS;
        return s > fromS && s < toS ? farther(q, jointsAt(trajectory.q_rad, k)) : 0;
      }),
    );
  expect(unlike(around, last.startS - 1, last.endS + 1)).toBeLessThan(1e-9);
  expect(unlike(around, 0, 3)).toBeGreaterThan(0.03);
});

it("is the motion there was where nothing can be shorter", () => {
  const blocked = blockedAt(jointsAt(path.path.q_rad, 200));
  expect(finishedMotion({ plan, trajectory }, path, { ...context, clearance: blocked })).toBe(trajectory);
});

it("leads bow changes by some 15 degrees of their cycle in the motion of a whole piece, as the judge of performances measures it", async () => {
  const reference = await loadWorkcell({
    profile: "simulation",
    set: [],
    cell: "",
    calibration: "reference",
  });
  const strings = ["G", "D", "G", "D", "A", "D", "G", "D"] as const;
  const quick = scoreOf(strings.map((string) => ({ midi: OPEN_MIDI[string], quarters: 0.2, string })));
  const whole = planPiece(quick, reference);
  if (!whole.ok) throw new Error("cannot be played");
  const { crossings } = evaluatePerformance(plannedRecord(whole.value, reference.instrument));
  const degrees = crossings.map(({ leadS }) => (360 * leadS!) / (2 * 0.2));
  expect(degrees).toHaveLength(7);
  for (const lead of degrees) {
    expect(lead).toBeGreaterThan(8);
    expect(lead).toBeLessThan(22);
  }
});

it("gives up the lead of single rolls where the joints have no more, not of all", async () => {
  const { score } = await loadPiece("bach-suite-1-prelude", { transpose: 0, clef: "bass" });
  const whole = planPiece(score, workcell);
  if (!whole.ok) throw new Error("cannot be played");
  const { notes } = whole.value.plan;
  const { crossings } = evaluatePerformance(plannedRecord(whole.value, workcell.instrument));
  const degrees = crossings.flatMap(({ to, leadS }) =>
    leadS === null ? [] : [(360 * leadS) / (notes[to]!.endS - notes[to - 1]!.startS)],
  );
  const leading = degrees.filter((lead) => lead > 10).length;
  expect(leading).toBeGreaterThan(degrees.length / 2);
  expect(leading).toBeLessThan(degrees.length);
});
