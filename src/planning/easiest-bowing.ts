import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Objection } from "../bowing/objection.ts";
import type { Outcome } from "../outcome.ts";
import type { PlannedTrajectory } from "../trajectory/plan-trajectory.ts";
import { hardestIn, wayOutOf, type DeadEnds } from "./dead-ends.ts";
import type { MotionRefusal, NotFollowed } from "./follow-plan.ts";
import type { Heeded } from "../bowing/heeded.ts";
import { objectionsAfter } from "./objections.ts";
import type { PlannedMotion } from "./plan-piece.ts";

/** What was tried of one score so far. */
export interface Tried {
  /** Since the last dead end. */
  readonly bowings: number;
  /** In all bowings together. */
  readonly notesBowed: number;
  /** The easiest that plays; undefined = none does. */
  readonly best: Best | undefined;
  /** Undefined = the first bowings are still being tried. */
  readonly ends?: DeadEnds;
  /** Bowings in a row, up to the last, that came too near to something, and why the first of them did not play. */
  readonly tooClose?: TooClose | undefined;
  /** Bowings in a row, up to the last, with a crossing that is far too hard. */
  readonly hardInARow: number;
}

interface TooClose {
  readonly inARow: number;
  readonly first: MotionRefusal;
}

interface Best extends PlannedMotion {
  /** How much longer than it is its hardest crossing should take [-]; 0 = none is hard. */
  readonly strain: number;
  /** Bowings until the first that played. */
  readonly foundAfter: number;
}

export const NOTHING_TRIED: Tried = { bowings: 0, notesBowed: 0, best: undefined, hardInARow: 0 };

/** What to do after one more bowing. */
export type Next =
  | { readonly is: "bow anew"; readonly tried: Tried; readonly heeded: Heeded }
  | { readonly is: "play"; readonly planned: PlannedMotion }
  | { readonly is: "refuse"; readonly why: MotionRefusal };

/**
 * Bowings in which an easier one is looked for after the first that plays. @assumed each costs as much as the first: the crossings of all
 * shipped pieces are easy on the published cell by then, those of Paganini's theme by the very last
 */
const EASING = 9;

/**
 * After so many bowings in a row that come too near to something it is in the way of any. @assumed of 400 seeded études and the shipped
 * pieces on the published cell 19 came too near at all before they played, never more than twice in a row
 */
const MOST_TOO_CLOSE = 5;

/**
 * A crossing that should take more than so many times as long is far too hard [-], and after so many bowings in a row with such a one there
 * is none without. @assumed of 300 seeded études and the shipped pieces at 1.1 to 1.6 times their tempo on the published cell those that
 * play had up to 11 in a row; at 2.5 times the minuet has 70 until it is bowed out
 */
const FAR_TOO_HARD = 1.5;
const MOST_FAR_TOO_HARD = 20;

/**
 * Whether a bow plan is played as it is, or bowed anew without what the arm cannot follow, or follows with little to spare.
 *
 * @param mostBowings of them in one way; where there is a bound, somebody waits, and the first that plays is taken
 */
export function afterBowing(
  before: Tried,
  plan: BowPlan,
  followed: Outcome<PlannedTrajectory, NotFollowed>,
  mostBowings: number,
): Next {
  const bowings = before.bowings + 1;
  const notesBowed = before.notesBowed + plan.notes.length;
  const tooClose = followed.ok ? undefined : tooCloseAfter(before.tooClose, followed.why.refusal);
  const isHard = !followed.ok && hardestIn(followed.why.refusal) > FAR_TOO_HARD;
  const hardInARow = isHard ? before.hardInARow + 1 : 0;
  const anew = (objections: readonly Objection[], best: Best | undefined): Next => ({
    is: "bow anew",
    tried: { ...before, bowings, notesBowed, best, tooClose, hardInARow },
    heeded: { ...plan, objections },
  });
  if (!followed.ok && !before.best) {
    const { refusal, objections } = followed.why;
    if (tooClose && tooClose.inARow >= MOST_TOO_CLOSE) return { is: "refuse", why: tooClose.first };
    if (hardInARow >= MOST_FAR_TOO_HARD) return { is: "refuse", why: before.ends?.refusal ?? refusal };
    if (objections && bowings < mostBowings) return anew(objections, undefined);
    const out = mostBowings < Infinity ? undefined : wayOutOf(refusal, before.ends, notesBowed);
    if (!out) return { is: "refuse", why: before.ends?.refusal ?? refusal };
    const tried = { bowings: 0, notesBowed, best: undefined, ends: out.ends, tooClose, hardInARow };
    return { is: "bow anew", tried, heeded: out.heeded };
  }
  const best = followed.ok ? easier(before.best, plan, followed.value, bowings) : before.best!;
  const isSettled = best.strain === 0 || mostBowings < Infinity || bowings >= best.foundAfter + EASING;
  const objections = followed.ok ? objectionsAfter(plan, followed.value.strained) : followed.why.objections;
  return isSettled || !objections
    ? { is: "play", planned: { plan: best.plan, trajectory: best.trajectory } }
    : anew(objections, best);
}

function tooCloseAfter(before: TooClose | undefined, refusal: MotionRefusal): TooClose | undefined {
  if (refusal.why.kind !== "too-close") return undefined;
  return { inARow: (before?.inARow ?? 0) + 1, first: before?.first ?? refusal };
}

function easier(
  best: Best | undefined,
  plan: BowPlan,
  { trajectory, strained }: PlannedTrajectory,
  bowings: number,
): Best {
  const strain = Math.max(0, ...strained.map(({ excess }) => excess - 1));
  if (best && best.strain <= strain) return best;
  return { plan, trajectory, strain, foundAfter: best?.foundAfter ?? bowings };
}
