import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Objection } from "../bowing/objection.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import {
  planTrajectory,
  tryTrajectory,
  type MusicContext,
} from "../trajectory/plan-trajectory.ts";
import type { TrajectoryRefusal } from "../trajectory/refusal.ts";
import { clearanceFor, freeClearance } from "./clearance-checks.ts";
import { objectionsAfter } from "./objections.ts";
import type { PieceContext } from "./piece-context.ts";
import { excerptOfPlan, rangesAround, type NoteRange } from "./plan-excerpt.ts";

/** Notes to either side of a crossing that was objected to that are looked at with it. @assumed */
const AROUND = 4;

export interface MotionRefusal {
  readonly stage: "trajectory";
  readonly why: TrajectoryRefusal;
  readonly noteIndex: number;
}

/** What the arm cannot follow, and what another plan should avoid; without objections there is no hope in another. */
export interface NotFollowed {
  readonly refusal: MotionRefusal;
  readonly objections?: readonly Objection[];
}

/**
 * The second stage: a bow plan becomes motion in a cell, or objections to it.
 *
 * A plan that was made around objections is looked at where they are first, as excerpts: one that fails there needs no look as a whole.
 * The last word, motion or refusal, is always about the whole.
 */
export function followPlan(plan: BowPlan, context: PieceContext): Outcome<JointTrajectory, NotFollowed> {
  const surroundings = musicContext(context);
  const tried = triedAtObjections(plan, surroundings);
  if (tried?.objections) return refuse(tried);
  const whole = planMotion(plan, context);
  return whole.ok ? whole : refuse(notFollowed(plan, whole.why));
}

/** A bow plan as motion, or which limit it breaks, whatever another plan could do about it. */
export function planMotion(plan: BowPlan, context: PieceContext): Outcome<JointTrajectory, MotionRefusal> {
  const trajectory = planTrajectory(plan, { ...musicContext(context), free: freeClearance(context) });
  return trajectory.ok ? ok(trajectory.value) : refuse(refusalOf(plan, trajectory.why));
}

/** The excerpts of a plan around what was objected to in those before it; undefined where the arm can follow all, or most of it is looked at anyway. */
function triedAtObjections(plan: BowPlan, context: MusicContext): NotFollowed | undefined {
  const places = plan.objections.map(({ noteIndex }) =>
    plan.notes.findIndex((note) => note.noteIndex === noteIndex),
  );
  const ranges = rangesAround(plan.notes, places, AROUND);
  const looked = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (2 * looked > plan.notes.length) return undefined;
  const refusals = ranges.flatMap((range) => refusedIn(plan, range, context));
  const [first] = refusals;
  if (!first) return undefined;
  const crossings = refusals.flatMap(({ crossings = [] }) => crossings);
  return notFollowed(plan, refusalOf(plan, { ...first, crossings }));
}

/** Why the arm cannot follow part of a plan, with the indices of the whole. */
function refusedIn(plan: BowPlan, range: NoteRange, context: MusicContext): readonly TrajectoryRefusal[] {
  const tried = tryTrajectory(excerptOfPlan(plan, range), context);
  if (tried.ok) return [];
  const crossings = (tried.why.crossings ?? []).map((crossing) => ({
    ...crossing,
    to: crossing.to + range.first,
  }));
  return [{ ...tried.why, note: tried.why.note + range.first, crossings }];
}

function notFollowed(plan: BowPlan, refusal: MotionRefusal): NotFollowed {
  const objections = objectionsAfter(plan, refusal.why);
  return { refusal, ...(objections && { objections }) };
}

const refusalOf = (plan: BowPlan, why: TrajectoryRefusal): MotionRefusal => ({
  stage: "trajectory",
  why,
  noteIndex: plan.notes[why.note]!.noteIndex,
});

const musicContext = (context: PieceContext): MusicContext => {
  const { instrument, profile } = context;
  return {
    instrument,
    clearance: clearanceFor(context),
    limits: profile.limits,
    settings: profile.trajectory,
    rampS: profile.bowing.rampS,
  };
};
