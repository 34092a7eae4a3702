import type { BowPlan } from "../bowing/bow-plan.ts";
import { planBowing } from "../bowing/plan-bowing.ts";
import { explainRefusal, type BowingRefusal } from "../bowing/refusal.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { noteName } from "../score/note-name.ts";
import { sayPlace } from "../score/position.ts";
import type { Score } from "../score/score.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { explainTrajectoryRefusal, isForTheRoom, isForTheTempo } from "../trajectory/refusal.ts";
import { afterBowing, NOTHING_TRIED, type Tried } from "./easiest-bowing.ts";
import { NOTHING_HEEDED, type Heeded } from "../bowing/heeded.ts";
import { planFollower, type MotionRefusal } from "./follow-plan.ts";
import type { PieceContext } from "./piece-context.ts";

/** The musician's plan and the robot's. */
export interface PlannedMotion {
  readonly plan: BowPlan;
  readonly trajectory: JointTrajectory;
}

export interface PlanningEffort {
  /** Give up after twice so many, where somebody waits; a piece that is playable with few is so with more. */
  readonly mostBowings?: number;
  /** Told before each, from 1. */
  readonly onBowing?: (bowing: number) => void;
}

export type PieceRefusal = { readonly stage: "bowing"; readonly why: BowingRefusal } | MotionRefusal;

/**
 * Bows a score and turns it into motion at the written tempo, or says which stage refused and why.
 *
 * What the arm cannot follow it objects to, and the whole is bowed anew without it, until the arm follows or there is no other way; and
 * so for a while with what it follows with little to spare. The bow planner foresees what crossings will ask of the arm, roughly; where
 * that leads nowhere, the same is done without, then without the hardest crossings, and at last with rolls that go slower where they ask more.
 */
export function planPiece(
  score: Score,
  context: PieceContext,
  { mostBowings = Infinity, onBowing }: PlanningEffort = {},
): Outcome<PlannedMotion, PieceRefusal> {
  const follower = planFollower(context);
  let tried: Tried = NOTHING_TRIED;
  let heeded = NOTHING_HEEDED;
  for (let bowing = 1; ; bowing++) {
    onBowing?.(bowing);
    const plan = bowPiece(score, context, heeded);
    if (!plan.ok) return plan;
    const next = afterBowing(tried, plan.value, follower.follow(plan.value), mostBowings);
    if (next.is === "play") return ok(follower.finished(next.planned));
    if (next.is === "refuse") return refuse(next.why);
    ({ tried, heeded } = next);
  }
}

/** The first stage alone: how every note is bowed, whether or not the arm can follow. @param heeded of what the arm said and will say */
export function bowPiece(
  score: Score,
  { instrument, profile }: Pick<PieceContext, "instrument" | "profile">,
  heeded: Heeded = NOTHING_HEEDED,
): Outcome<BowPlan, PieceRefusal> {
  const plan = planBowing(score, instrument, profile.bowing, heeded);
  return plan.ok ? plan : refuse({ stage: "bowing", why: plan.why });
}

/** Whether a piece was refused for what stands in the room, so that no tempo, key or bowing would help. */
export const isRoomsFault = (refusal: PieceRefusal): boolean =>
  refusal.stage === "trajectory" && isForTheRoom(refusal.why);

/** Whether the arm is too slow for a piece, so that a slower tempo may help. */
export const isTooFast = (refusal: PieceRefusal): boolean =>
  refusal.stage === "trajectory" && isForTheTempo(refusal.why);

/** One sentence for a musician: which note, where, how much, against which limit. */
export function explainPieceRefusal(refusal: PieceRefusal, score: Score): string {
  const { noteIndex } = refusal.stage === "bowing" ? refusal.why : refusal;
  const note = score.notes[noteIndex]!;
  const where = `${noteName(note.midi)} in ${sayPlace(score, note.startTick)}`;
  return refusal.stage === "bowing"
    ? `${where}: ${explainRefusal(refusal.why)}`
    : explainTrajectoryRefusal(refusal.why, where);
}
