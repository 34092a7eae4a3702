import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Stretch } from "./changed-stretches.ts";
import { wishedS, type Crossing } from "./crossing.ts";
import { rollsWith, timeOf, type FollowedRolls } from "./followed-rolls.ts";
import { pathFrom } from "./music-path.ts";
import { meets, partsAt, rangeIn } from "./opened-part.ts";
import type { ControlRange } from "./open-stretch.ts";
import type { MusicContext } from "./plan-trajectory.ts";
import { AS_WISHED } from "./roll-timing.ts";
import { excessIn } from "./stretched-rolls.ts";

/** A hop that takes more than this times what it is wished for is looked at [-]. */
const LONG = 1.05;
/** A hop is tried so much shorter, and again as long as that gains at least so much [-], [s]. */
const SHORTER = 0.85;
const LEAST_GAIN_S = 0.002;
const ROUNDS = 4;
/** The posture is open so long before and after a hop [s]. @assumed more gains nothing on the shipped pieces */
const MARGIN_S = 0.6;

/**
 * The same path with its long hops made shorter, one after another: the posture around each is chosen for a hop that is shorter than the
 * joints allow as yet, and the hop then takes what they ask. Around hops the bow may be tilted more than elsewhere.
 *
 * @param but notes whose hops stay as they are
 * @returns `path` itself where no hop can be shorter
 */
export function shortenedHops<Path extends FollowedRolls>(
  path: Path,
  plan: BowPlan,
  context: MusicContext,
  but: ReadonlySet<number>,
): Path {
  let whole = path;
  for (const { to, hop } of path.motion.crossings) {
    if (!hop || but.has(to)) continue;
    for (let round = 0; round < ROUNDS; round++) {
      const shorter = withShorterHop(whole, to, plan, context);
      if (!shorter) break;
      whole = { ...whole, ...shorter };
    }
  }
  return whole;
}

/** @returns undefined where the hop is not long, or cannot be shorter */
function withShorterHop(
  whole: FollowedRolls,
  to: number,
  plan: BowPlan,
  context: MusicContext,
): FollowedRolls | undefined {
  const crossing = whole.motion.crossings.find((one) => one.to === to)!;
  const { startS, endS } = crossing;
  const long = (endS - startS) / wishedS(crossing, context.settings);
  if (long < LONG) return undefined;
  const timing = { ...(whole.timings.get(to) ?? AS_WISHED), stretch: SHORTER * long };
  const rolls = rollsWith(new Map(whole.timings).set(to, timing), plan, context, whole.motion);
  const { gridS } = context.settings.posture;
  const around = { fromS: startS - MARGIN_S, toS: endS + MARGIN_S };
  const range = rangeIn(betweenRolls(around, whole.motion.crossings, gridS), whole, context);
  const next = pathFrom(rolls, plan, tiltedMore(context), partsAt(range, whole));
  if (!next.ok || !meets(next.value.path, whole, range, context)) return undefined;
  const [before, after] = [askedIn(range, whole, context), askedIn(range, next.value, context)];
  const gains = before.hopsS - after.hopsS >= LEAST_GAIN_S;
  return gains && after.excess <= Math.max(1, before.excess) ? next.value : undefined;
}

/** The bow may be tilted as much as it may be at hops. */
function tiltedMore(context: MusicContext): MusicContext {
  const { posture } = context.settings;
  const tilt = { ...posture.tilt, most_rad: posture.tilt.mostAtHops_rad };
  return { ...context, settings: { ...context.settings, posture: { ...posture, tilt } } };
}

/** A stretch made longer until it ends between rolls: one that it cut could not take another time. */
function betweenRolls(stretch: Stretch, crossings: readonly Crossing[], nearS: number): Stretch {
  const { fromS, toS } = stretch;
  const cut = crossings.filter(
    ({ startS, endS }) => (startS < fromS && endS > fromS - nearS) || (startS < toS + nearS && endS > toS),
  );
  if (cut.length === 0) return stretch;
  const all = {
    fromS: Math.min(stretch.fromS, ...cut.map(({ startS }) => startS)),
    toS: Math.max(stretch.toS, ...cut.map(({ endS }) => endS)),
  };
  return betweenRolls(all, crossings, nearS);
}

/** How long all hops are in a part of a path, and what its rolls ask at most. */
function askedIn(range: ControlRange, { motion, path }: FollowedRolls, context: MusicContext) {
  const { fromS, toS } = timeOf(range, motion, context);
  const isIn = ({ startS, endS }: Crossing): boolean => endS > fromS && startS < toS;
  const rolls = motion.crossings.filter(isIn);
  const share = context.settings.crossingLimitShare;
  return {
    hopsS: rolls.reduce((sum, { hop, startS, endS }) => sum + (hop ? endS - startS : 0), 0),
    excess: Math.max(0, ...rolls.map((roll) => excessIn(roll, path, context, share))),
  };
}
