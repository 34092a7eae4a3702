import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Objection } from "../bowing/objection.ts";
import { rememberingSweeps } from "../collision/remembered-sweeps.ts";
import { refuse, type Outcome } from "../outcome.ts";
import { musicPath, type MusicPath } from "../trajectory/music-path.ts";
import { musicPathAnew, openedPath, type FollowedPlan } from "../trajectory/music-path-anew.ts";
import {
  blockedStart,
  trajectoryOf,
  withTravels,
  type MusicContext,
  type PlannedTrajectory,
} from "../trajectory/plan-trajectory.ts";
import type { TrajectoryRefusal } from "../trajectory/refusal.ts";
import { clearanceFor, freeClearance } from "./clearance-checks.ts";
import { excerptLooks } from "./excerpt-looks.ts";
import { objectionsAfter } from "./objections.ts";
import type { PieceContext } from "./piece-context.ts";
import type { PlannedMotion } from "./plan-piece.ts";
import { finishedMotion } from "./finished-motion.ts";

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
export interface PlanFollower {
  readonly follow: (plan: BowPlan) => Outcome<PlannedTrajectory, NotFollowed>;
  /** The motion of a plan that it followed, for good: what takes no part in whether it plays is done once. */
  readonly finished: (planned: PlannedMotion) => PlannedMotion;
}

/** Paths that are remembered of a piece. @assumed a new plan is most like one of the last */
const REMEMBERED = 8;

/**
 * A follower of the plans of one piece, each made around the objections to those before it.
 *
 * Most of a plan is bowed as in one before: only what is not is followed anew. Where that is much, a plan is looked at where objections
 * were first, as excerpts; one that fails there needs no look as a whole. The last word, motion or refusal, is always about the whole, and
 * a refusal's about a whole that was followed from nothing.
 */
export function planFollower(context: PieceContext): PlanFollower {
  const music = musicContext(context);
  const clearance = rememberingSweeps(music.clearance);
  const surroundings = withTravels({ ...music, clearance, free: freeClearance(context) });
  const excerpts = excerptLooks(surroundings);
  let followed: readonly FollowedPlan[] = [];
  const playing = new Map<BowPlan, MusicPath>();
  const along = (plan: BowPlan, path: MusicPath): Outcome<PlannedTrajectory, NotFollowed> => {
    followed = [{ plan, path }, ...followed].slice(0, REMEMBERED);
    const whole = trajectoryOf(plan, path, surroundings);
    if (whole.ok) playing.set(plan, path);
    return whole.ok ? whole : refuse(notFollowed(plan, whole.why));
  };
  const follow = (plan: BowPlan): Outcome<PlannedTrajectory, NotFollowed> => {
    const blocked = blockedStart(plan, surroundings);
    if (blocked) return refuse(notFollowed(plan, blocked));
    const opened = openedPath(plan, followed, surroundings);
    const last = followed[0];
    const played = last !== undefined && playing.has(last.plan);
    if (!opened || (!played && opened.openS > excerpts.unseenS(plan))) {
      const why = excerpts.refusalIn(plan);
      const told = why && notFollowed(plan, why);
      if (told?.objections) return refuse(told);
    }
    const anew = opened && musicPathAnew(opened, plan, surroundings);
    const said = anew?.ok ? along(plan, anew.value) : undefined;
    if (said && (said.ok || said.why.objections)) return said;
    const path = musicPath(plan, surroundings);
    return path.ok ? along(plan, path.value) : refuse(notFollowed(plan, path.why));
  };
  const finished = (planned: PlannedMotion): PlannedMotion => ({
    ...planned,
    trajectory: finishedMotion(planned, playing.get(planned.plan)!, surroundings),
  });
  return { follow, finished };
}

/** What surrounds the music of a piece. */
export const musicContext = ({ instrument, cell, profile }: PieceContext): MusicContext => ({
  instrument,
  clearance: clearanceFor({ instrument, cell, profile }),
  limits: profile.limits,
  settings: profile.trajectory,
  rampS: profile.bowing.rampS,
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
