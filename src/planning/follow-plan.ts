import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Objection } from "../bowing/objection.ts";
import { refuse, type Outcome } from "../outcome.ts";
import {
  planTrajectory,
  tryTrajectory,
  type MusicContext,
  type PlannedTrajectory,
} from "../trajectory/plan-trajectory.ts";
import { provenanceOf } from "../provenance.ts";
import type { TrajectoryRefusal } from "../trajectory/refusal.ts";
import { clearanceFor, freeClearance } from "./clearance-checks.ts";
import { objectionsAfter } from "./objections.ts";
import type { PieceContext } from "./piece-context.ts";
import { excerptOfPlan, rangeAround, type NoteRange } from "./plan-excerpt.ts";

/** Notes to either side of a crossing that was objected to that are looked at with it. @assumed */
const AROUND = 4;

export interface MotionRefusal {
  readonly stage: "trajectory";
  /** How it would have been bowed. */
  readonly plan: BowPlan;
  readonly why: TrajectoryRefusal;
  readonly noteIndex: number;
}

/** What the arm cannot follow, and what another plan should avoid; without objections there is no hope in another. */
export interface NotFollowed {
  readonly refusal: MotionRefusal;
  readonly objections?: readonly Objection[];
}

/** The second stage: a bow plan becomes motion in a cell, or objections to it. */
export type FollowPlan = (plan: BowPlan) => Outcome<PlannedTrajectory, NotFollowed>;

/**
 * A follower of the plans of one piece, each made around the objections to those before it.
 *
 * A plan is looked at where objections were first, as excerpts, where most were before all: one that fails there needs no look as a whole,
 * and an excerpt that was looked at needs no second look. The last word, motion or refusal, is always about the whole.
 */
export function planFollower(context: PieceContext): FollowPlan {
  const surroundings = { ...musicContext(context), free: freeClearance(context) };
  const looked = new Map<string, TrajectoryRefusal | undefined>();
  const refusedIn = (excerpt: BowPlan): TrajectoryRefusal | undefined => {
    const { sha256 } = provenanceOf("excerpt", excerpt.notes, excerpt.lifts);
    if (!looked.has(sha256)) {
      const tried = tryTrajectory(excerpt, surroundings);
      looked.set(sha256, tried.ok ? undefined : tried.why);
    }
    return looked.get(sha256);
  };
  return (plan) => {
    for (const range of difficultRanges(plan)) {
      const why = refusedIn(excerptOfPlan(plan, range));
      const told = why && notFollowed(plan, inWhole(why, range));
      if (told?.objections) return refuse(told);
      if (told) break;
    }
    const whole = planTrajectory(plan, surroundings);
    return whole.ok ? whole : refuse(notFollowed(plan, whole.why));
  };
}

/** What surrounds the music of a piece. */
export const musicContext = ({ instrument, cell, profile }: PieceContext): MusicContext => ({
  instrument,
  clearance: clearanceFor({ instrument, cell, profile }),
  limits: profile.limits,
  settings: profile.trajectory,
  rampS: profile.bowing.rampS,
});

/** The notes around each crossing that was objected to in plans before this one, most objections first. */
function difficultRanges({ notes, objections }: BowPlan): readonly NoteRange[] {
  const objected = new Map<number, number>();
  for (const { noteIndex } of objections) objected.set(noteIndex, (objected.get(noteIndex) ?? 0) + 1);
  return [...objected]
    .sort(([noteA, a], [noteB, b]) => b - a || noteA - noteB)
    .map(([told]) => notes.findIndex(({ noteIndex }) => noteIndex === told))
    .map((place) => rangeAround(notes, place, AROUND));
}

/** A refusal of part of a plan with the indices of the whole. */
const inWhole = (why: TrajectoryRefusal, { first }: NoteRange): TrajectoryRefusal => ({
  ...why,
  note: why.note + first,
  crossings: (why.crossings ?? []).map((crossing) => ({ ...crossing, to: crossing.to + first })),
});

function notFollowed(plan: BowPlan, why: TrajectoryRefusal): NotFollowed {
  const objections = objectionsAfter(plan, why.crossings ?? []);
  return { refusal: refusalOf(plan, why), ...(objections && { objections }) };
}

const refusalOf = (plan: BowPlan, why: TrajectoryRefusal): MotionRefusal => ({
  stage: "trajectory",
  plan,
  why,
  noteIndex: plan.notes[why.note]!.noteIndex,
});
