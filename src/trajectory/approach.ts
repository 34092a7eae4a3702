import type { BowPlan } from "../bowing/bow-plan.ts";
import { describeCollision } from "../collision/clearance.ts";
import { jointsAt } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import type { NoWay } from "./free-way.ts";
import type { SampledPath, TrajectoryContext } from "./plan-trajectory.ts";
import type { HardCrossing } from "./refusal.ts";

/** Why the arm cannot get from the parked pose to the music, or back. `atS` is the score second where the music begins or ends. */
export interface NoApproach extends NoWay {
  readonly kind: "no-way";
  readonly leg: "approach" | "retreat";
  readonly atS: number;
}

/**
 * Adds the way from the parked pose and back to it: straight where that is clear, around what stands there where it is not.
 */
export function withApproach(
  { q_rad: music, startS }: SampledPath,
  { instrument, settings, travel }: Pick<TrajectoryContext, "instrument" | "settings" | "travel">,
): Outcome<SampledPath, NoApproach> {
  const { sampleS } = settings;
  const first = jointsAt(music, 0);
  const last = jointsAt(music, music.length / 6 - 1);
  const there = travel(instrument.parked_rad, first);
  if (!there.ok) return refuse({ kind: "no-way", leg: "approach", atS: startS, ...there.why });
  const back = travel(last, instrument.parked_rad);
  const endS = startS + (music.length / 6 - 1) * sampleS;
  if (!back.ok) return refuse({ kind: "no-way", leg: "retreat", atS: endS, ...back.why });
  return ok(joined(there.value.q_rad, music, back.value.q_rad, { sampleS, startS }));
}

/** Why the arm cannot even be where it waits, whatever is played. */
export function blockedParking({
  instrument: { parked_rad },
  free,
}: Pick<TrajectoryContext, "instrument" | "free">): NoWay | undefined {
  const { minM, pair } = free.clearanceAt(parked_rad);
  const { requiredM } = free;
  return minM < requiredM ? { where: "start", pair, clearanceM: minM, requiredM } : undefined;
}

/** Whether it is the room that stands in the way, so that no other music or bowing helps: where the arm is parked, or on the way from there. */
export const isRoomInTheWay = ({ leg, where }: Pick<NoApproach, "leg" | "where">): boolean =>
  where === "between" || (leg === "approach") === (where === "start");

/**
 * What another bowing could change of the place above the first string, or the last: the bow lies elsewhere there if the second note is
 * reached otherwise, or the last.
 */
export function crossingsAtEnd(
  { notes }: BowPlan,
  why: Pick<NoApproach, "leg" | "where">,
): readonly HardCrossing[] {
  if (isRoomInTheWay(why) || notes.length < 2) return [];
  return [{ to: why.leg === "approach" ? 1 : notes.length - 1, excess: 1 }];
}

/** One path of three, each beginning where the one before ends. @param at where the middle one begins */
function joined(
  before: Float64Array,
  middle: Float64Array,
  after: Float64Array,
  { sampleS, startS }: Omit<SampledPath, "q_rad">,
): SampledPath {
  const q_rad = new Float64Array(before.length + middle.length + after.length - 12);
  q_rad.set(before);
  q_rad.set(middle, before.length - 6);
  q_rad.set(after, before.length + middle.length - 12);
  return { q_rad, sampleS, startS: startS - (before.length / 6 - 1) * sampleS };
}

/**
 * One sentence: which way, what stands in it, and what to do.
 *
 * @param note first or last, in a musician's words ("F#3, bar 4 beat 2")
 */
export function explainNoApproach(
  { leg, where, pair, clearanceM, requiredM }: Omit<NoApproach, "kind" | "atS">,
  note: string,
): string {
  const string = leg === "approach" ? "first" : "last";
  const way =
    leg === "approach"
      ? "from the parked pose to the first string"
      : "from the last string to the parked pose";
  const what = describeCollision(clearanceM, pair, requiredM);
  if (where === "between")
    return `no way was found ${way}: on the straight one ${what}; move what stands between, or choose another parked pose`;
  if (isRoomInTheWay({ leg, where }))
    return `in the parked pose ${what}; choose another parked pose, or move what is in the way`;
  return `above the ${string} string (${note}) ${what}, and no other bowing was found that avoids it; move what is in the way`;
}
