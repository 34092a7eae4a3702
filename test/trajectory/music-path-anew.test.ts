import { expect, it } from "vitest";
import type { BowedNote, BowPlan } from "../../src/bowing/bow-plan.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import { poseError } from "../../src/kinematics/inverse.ts";
import type { Joints } from "../../src/math/joints.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import { bowPiece } from "../../src/planning/plan-piece.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { derivatives } from "../../src/trajectory/derivatives.ts";
import { timeOf } from "../../src/trajectory/followed-rolls.ts";
import { musicPath, type MusicPath } from "../../src/trajectory/music-path.ts";
import { musicPathAnew, openedPath } from "../../src/trajectory/music-path-anew.ts";
import { postureOf } from "../../src/trajectory/posture-controls.ts";
import { trajectoryOf, withTravels } from "../../src/trajectory/plan-trajectory.ts";
import { toolPath } from "../../src/trajectory/tool-path.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration: "paper" });
const context = withTravels({ ...musicContext(workcell), free: freeClearance(workcell) });

/** Five times up and down over D and A, notes of a second each, and two seconds of rest in between. */
const score = scoreOf(
  Array.from({ length: 40 }, (_, i) => ({
    midi: [50, 52, 57, 59, 62, 59, 57, 52][i % 8]!,
    quarters: 1,
    ...(i % 8 === 0 && i > 0 && { rest: 2 }),
  })),
  60,
);
const bowed = bowPiece(score, workcell);
if (!bowed.ok) throw new Error("cannot be bowed");
const first = bowed.value;
/** The third time 20 mm farther from the frog: in the rests around it the hand carries the bow there and back. */
const isMoved = ({ noteIndex }: BowedNote): boolean => noteIndex >= 16 && noteIndex < 24;
const second: BowPlan = {
  ...first,
  notes: first.notes.map((note) =>
    isMoved(note) ? { ...note, bowStartM: note.bowStartM + 0.02, bowEndM: note.bowEndM + 0.02 } : note,
  ),
};

const old = pathOf(musicPath(first, context));
const opened = openedPath(second, [{ plan: first, path: old }], context);
if (!opened) throw new Error("the plans have nothing in common");
const fresh = pathOf(musicPathAnew(opened, second, context));
const windows = opened.ranges.map((range) => timeOf(range, old.motion, context));

function pathOf(music: ReturnType<typeof musicPathAnew>): MusicPath {
  if (!music?.ok) throw new Error("the arm cannot follow");
  return music.value;
}
const timesOf = ({ path }: MusicPath): readonly number[] =>
  Array.from({ length: path.q_rad.length / 6 }, (_, k) => path.startS + k * path.sampleS);
const rowAt = ({ path }: MusicPath, k: number) =>
  Array.from(path.q_rad.subarray(6 * k, 6 * k + 6)) as unknown as Joints;

it("opens the notes that are bowed otherwise and a second around them, and no more", () => {
  const moved = second.notes.filter(isMoved);
  const [fromS, toS] = [moved[0]!.startS, moved.at(-1)!.endS];
  expect(windows).toHaveLength(1);
  const [open] = windows;
  // The hand carries the bow in the rests, of 2 s each.
  expect(open!.fromS).toBeGreaterThan(fromS - 3.3);
  expect(open!.fromS).toBeLessThan(fromS - 1);
  expect(open!.toS).toBeGreaterThan(toS + 1);
  expect(open!.toS).toBeLessThan(toS + 3.3);
});

it("leaves the joints as they were outside, to the last bit", () => {
  let kept = 0;
  timesOf(fresh).forEach((atS, k) => {
    if (windows.some(({ fromS, toS }) => fromS - 0.01 < atS && atS < toS + 0.01)) return;
    expect(rowAt(fresh, k)).toEqual(rowAt(old, k));
    kept += 1;
  });
  expect(kept).toBeGreaterThan(2000);
  const inside = Math.round((second.notes[20]!.startS - fresh.path.startS) / fresh.path.sampleS);
  expect(rowAt(fresh, inside)).not.toEqual(rowAt(old, inside));
});

it("puts the bow where the new plan has it, everywhere", () => {
  const posture = postureOf(fresh.controls, fresh.motion.startS, context.settings.posture.gridS);
  const path = toolPath(fresh.motion, workcell.instrument, posture);
  timesOf(fresh).forEach((atS, k) => {
    if (atS > fresh.motion.endS) return;
    const here = forwardKinematics(workcell.instrument.dh, rowAt(fresh, k));
    expect(poseError(here, path.flangeAt(atS)).positionErrorM, `at ${atS} s`).toBeLessThan(1e-7);
  });
});

it("meets the path around it without a jolt: the jerk there is not what it is elsewhere", () => {
  const { qddd } = derivatives(fresh.path.q_rad, fresh.path.sampleS);
  const worstIn = (from: number, to: number): number =>
    Math.max(...qddd.subarray(6 * from, 6 * to).map(Math.abs));
  const worst = worstIn(0, qddd.length / 6);
  for (const { fromS, toS } of windows)
    for (const edgeS of [fromS, toS].filter((s) => s > fresh.motion.startS && s < fresh.motion.endS)) {
      const k = Math.round((edgeS - fresh.path.startS) / fresh.path.sampleS);
      expect(worstIn(k - 4, k + 5)).toBeLessThan(worst);
    }
});

it("plays inside every limit, as the same plan does that is followed from nothing", () => {
  const fromNothing = pathOf(musicPath(second, context));
  const [part, whole] = [trajectoryOf(second, fresh, context), trajectoryOf(second, fromNothing, context)];
  if (!part.ok || !whole.ok) throw new Error("cannot be played");
  const { jointSpeed, clearance } = part.value.trajectory.margins;
  expect(jointSpeed.value).toBeLessThan(jointSpeed.limit);
  expect(clearance.minM).toBeGreaterThanOrEqual(clearance.requiredM);
  // Other joints than those that are followed from nothing: another hash.
  expect(part.value.trajectory.provenance).not.toEqual(whole.value.trajectory.provenance);
});

it("does not open a path of music that lasts another time", () => {
  const longer = { ...second, notes: second.notes.map((note) => ({ ...note, endS: note.endS + 1 })) };
  expect(openedPath(longer, [{ plan: first, path: old }], context)).toBeUndefined();
});
