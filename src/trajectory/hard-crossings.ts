import type { Crossing } from "./crossing.ts";
import type { MusicPath } from "./music-path.ts";
import type { MusicContext } from "./plan-trajectory.ts";
import { excessIn } from "./stretched-rolls.ts";

/** A crossing this near to what is wrong may be the cause [s]. @assumed */
const NEAR_S = 0.2;

/**
 * The crossings on the strings that ask more of the arm than it has, by the note they lead to; the one at a broken limit among them.
 * Carried through the air the bow has no way that it must take: those are left out.
 *
 * @param atS where a limit is broken, score seconds
 */
export function hardCrossings(
  { motion, path }: Pick<MusicPath, "motion" | "path">,
  atS: number,
  context: MusicContext,
): readonly number[] {
  const onStrings = motion.crossings.filter(({ lifted }) => !lifted);
  const nearest = onStrings
    .map((crossing) => ({ crossing, awayS: secondsAway(crossing, atS) }))
    .filter(({ awayS }) => awayS <= NEAR_S)
    .sort((a, b) => a.awayS - b.awayS)[0]?.crossing;
  return onStrings
    .filter((crossing) => crossing === nearest || excessIn(crossing, path, context, 1) > 1)
    .map(({ to }) => to);
}

const secondsAway = ({ startS, endS }: Crossing, atS: number): number => Math.max(startS - atS, atS - endS, 0);
