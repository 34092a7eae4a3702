import type { BowPlan } from "../bowing/bow-plan.ts";
import { afterBowing, NOTHING_TRIED } from "./easiest-bowing.ts";
import { heedsNothing, type Heeded } from "../bowing/heeded.ts";
import { planFollower, type MotionRefusal } from "./follow-plan.ts";
import type { PieceContext } from "./piece-context.ts";
import type { PlannedMotion } from "./plan-piece.ts";

/** What the arm says to a bow plan. */
export type Answer =
  | { readonly is: "play"; readonly planned: PlannedMotion }
  | { readonly is: "object"; readonly heeded: Heeded }
  | { readonly is: "refuse"; readonly why: MotionRefusal };

/**
 * The arm's side of planning a piece where the bow is planned by somebody else: the same plan as `planPiece`, answer by answer.
 *
 * It remembers what it was shown of a score; a plan that heeds nothing yet is the first of its score. Where an earlier plan was easier
 * than the last, its objections are told again: that plan comes back, and is played.
 */
export function planAnswerer(context: PieceContext): (plan: BowPlan) => Answer {
  let [follower, tried] = [planFollower(context), NOTHING_TRIED];
  let chosen: PlannedMotion | undefined;
  return (plan) => {
    if (chosen && isSame(chosen.plan, plan)) return { is: "play", planned: chosen };
    if (heedsNothing(plan)) [follower, tried, chosen] = [planFollower(context), NOTHING_TRIED, undefined];
    const next = afterBowing(tried, plan, follower.follow(plan), Infinity);
    if (next.is === "refuse") return next;
    if (next.is === "bow anew") {
      tried = next.tried;
      return { is: "object", heeded: next.heeded };
    }
    chosen = follower.finished(next.planned);
    return isSame(chosen.plan, plan)
      ? { is: "play", planned: chosen }
      : { is: "object", heeded: chosen.plan };
  };
}

const isSame = (a: BowPlan, b: BowPlan): boolean => a.provenance.sha256 === b.provenance.sha256;
