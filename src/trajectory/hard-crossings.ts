import { levelOf, type BowPlan } from "../bowing/bow-plan.ts";
import { lastIndex } from "../math/last-index.ts";
import type { Crossing } from "./crossing.ts";
import type { MusicPath } from "./music-path.ts";
import type { MusicContext, SampledPath } from "./plan-trajectory.ts";
import type { HardCrossing } from "./refusal.ts";
import { excessIn } from "./stretched-rolls.ts";

/** A crossing or bow change this near to what is wrong may be the cause [s]. @assumed */
const NEAR_S = 0.2;

/** A crossing on the strings, or a bow change on one. Score seconds. */
type Turn = Pick<Crossing, "to" | "startS" | "endS">;

/**
 * The crossings and bow changes on the strings that ask more of the arm than it has, in order; those at broken limits among them.
 * Carried through the air the bow has no way that it must take: what is in a lift is left out.
 *
 * @param places where a limit is broken, score seconds
 */
export function hardCrossings(
  plan: BowPlan,
  { motion, path }: Pick<MusicPath, "motion" | "path">,
  places: readonly number[],
  context: MusicContext,
): readonly HardCrossing[] {
  const turns = turnsOnStrings(plan, motion.crossings, context.rampS);
  const near = places.flatMap((atS) => nearest(turns, atS)).map(({ to }) => to);
  return excesses(turns, path, 1, context)
    .filter(({ to, excess }) => excess > 1 || near.includes(to))
    .map(({ to, excess }) => ({ to, excess: Math.max(1, excess) }));
}

/** Those that use more than `easyLimitShare` of a limit, in order, and how many times as long they should take. */
export const strainedCrossings = (
  plan: BowPlan,
  { motion, path }: Pick<MusicPath, "motion" | "path">,
  context: MusicContext,
): readonly HardCrossing[] =>
  excesses(
    turnsOnStrings(plan, motion.crossings, context.rampS),
    path,
    context.settings.easyLimitShare,
    context,
  ).filter(({ excess }) => excess > 1);

/** The nearest crossing or bow change on the strings, if it is near enough to be the cause. */
export const crossingsNear = (
  plan: BowPlan,
  crossings: readonly Crossing[],
  atS: number,
  { rampS }: Pick<MusicContext, "rampS">,
): readonly HardCrossing[] =>
  nearest(turnsOnStrings(plan, crossings, rampS), atS).map(({ to }) => ({ to, excess: 1 }));

const excesses = (
  turns: readonly Turn[],
  path: SampledPath,
  share: number,
  context: MusicContext,
): readonly HardCrossing[] =>
  turns.map((turn) => ({ to: turn.to, excess: excessIn(turn, path, context, share) }));

/** A bow change beside a crossing is left out: what is asked there is asked by the crossing. */
function turnsOnStrings(plan: BowPlan, crossings: readonly Crossing[], rampS: number): readonly Turn[] {
  const lifted = new Set(plan.lifts.map(({ before }) => before));
  const changes = plan.notes.flatMap((after, to): readonly Turn[] => {
    const before = plan.notes[to - 1];
    if (!before || levelOf(before) !== levelOf(after) || before.stroke === after.stroke) return [];
    if (lifted.has(to)) return [];
    const [startS, endS] = [before.endS - rampS, after.startS + rampS];
    const beside = crossings[lastIndex(crossings, (roll) => roll.startS < endS)];
    return beside && beside.endS > startS ? [] : [{ to, startS, endS }];
  });
  return [...crossings.filter(({ lift }) => !lift), ...changes].sort((a, b) => a.to - b.to);
}

function nearest(turns: readonly Turn[], atS: number): readonly Turn[] {
  const [first] = turns
    .map((turn) => ({ turn, awayS: Math.max(turn.startS - atS, atS - turn.endS, 0) }))
    .sort((a, b) => a.awayS - b.awayS);
  return first && first.awayS <= NEAR_S ? [first.turn] : [];
}
