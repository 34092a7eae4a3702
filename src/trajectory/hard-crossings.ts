import type { Crossing } from "./crossing.ts";
import type { MusicPath } from "./music-path.ts";
import type { MusicContext, SampledPath } from "./plan-trajectory.ts";
import type { HardCrossing } from "./refusal.ts";
import { excessIn } from "./stretched-rolls.ts";

/** A crossing this near to what is wrong may be the cause [s]. @assumed */
const NEAR_S = 0.2;

/**
 * The crossings on the strings that ask more of the arm than it has, in order; those at broken limits among them. Carried through the
 * air the bow has no way that it must take: those are left out.
 *
 * @param places where a limit is broken, score seconds
 */
export function hardCrossings(
  { motion, path }: Pick<MusicPath, "motion" | "path">,
  places: readonly number[],
  context: MusicContext,
): readonly HardCrossing[] {
  const near = places.flatMap((atS) => crossingsNear(motion.crossings, atS)).map(({ to }) => to);
  return excesses(motion.crossings, path, 1, context)
    .filter(({ to, excess }) => excess > 1 || near.includes(to))
    .map(({ to, excess }) => ({ to, excess: Math.max(1, excess) }));
}

/** The crossings on the strings that use more than `easyLimitShare` of a limit, in order, and how many times as long they should take. */
export const strainedCrossings = (
  { motion, path }: Pick<MusicPath, "motion" | "path">,
  context: MusicContext,
): readonly HardCrossing[] =>
  excesses(motion.crossings, path, context.settings.easyLimitShare, context).filter(
    ({ excess }) => excess > 1,
  );

const excesses = (
  crossings: readonly Crossing[],
  path: SampledPath,
  share: number,
  context: MusicContext,
): readonly HardCrossing[] =>
  onStrings(crossings).map((crossing) => ({
    to: crossing.to,
    excess: excessIn(crossing, path, context, share),
  }));

/** The nearest crossing on the strings, if it is near enough to be the cause. */
export function crossingsNear(crossings: readonly Crossing[], atS: number): readonly HardCrossing[] {
  const [nearest] = onStrings(crossings)
    .map((crossing) => ({ to: crossing.to, awayS: secondsAway(crossing, atS) }))
    .sort((a, b) => a.awayS - b.awayS);
  return nearest && nearest.awayS <= NEAR_S ? [{ to: nearest.to, excess: 1 }] : [];
}

const onStrings = (crossings: readonly Crossing[]): readonly Crossing[] =>
  crossings.filter(({ lift }) => !lift);

const secondsAway = ({ startS, endS }: Crossing, atS: number): number =>
  Math.max(startS - atS, atS - endS, 0);
