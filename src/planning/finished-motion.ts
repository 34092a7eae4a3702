import type { Crossing } from "../trajectory/crossing.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { ledRolls } from "../trajectory/led-rolls.ts";
import type { MusicPath } from "../trajectory/music-path.ts";
import { trajectoryOf, type TrajectoryContext } from "../trajectory/plan-trajectory.ts";
import { shortenedHops } from "../trajectory/shortened-hops.ts";
import type { PlannedMotion } from "./plan-piece.ts";

/** Notes whose rolls, or hops, stay as they are. */
interface Kept {
  readonly hops: ReadonlySet<number>;
  readonly rolls: ReadonlySet<number>;
}

/** A hop that is made shorter changes the posture up to about so long before and after it; a roll that leads is felt so long [s]. */
const FELT_S = { hops: 1.5, rolls: 0.3 };

/**
 * The motion for good, once it is known that it plays: its long hops made shorter, then its rolls to a neighbour led. What would break a
 * limit or come too near to anything is left out: the whole is checked anew, and what is near to a fault stays as it was, leads first.
 */
export function finishedMotion(
  { plan, trajectory }: PlannedMotion,
  path: MusicPath,
  context: TrajectoryContext,
): JointTrajectory {
  let kept: Kept = { hops: new Set(), rolls: new Set() };
  for (;;) {
    const shorter = shortenedHops(path, plan, context, kept.hops);
    const finished = ledRolls(shorter, plan, context, kept.rolls);
    if (finished === path) return trajectory;
    const whole = trajectoryOf(plan, finished, context);
    if (whole.ok) return whole.value.trajectory;
    const more = keptNear(whole.why.atS, path, kept);
    if (!more) return trajectory;
    kept = more;
  }
}

/** Rolls near a fault are kept besides; where all of them are, hops are. @returns undefined where nothing near it was changed */
function keptNear(atS: number, { motion }: MusicPath, kept: Kept): Kept | undefined {
  const near = (feltS: number): readonly Crossing[] =>
    motion.crossings.filter(({ startS, endS }) => startS - feltS < atS && atS < endS + feltS);
  const rolls = near(FELT_S.rolls).flatMap(({ to, hop }) => (hop || kept.rolls.has(to) ? [] : [to]));
  if (rolls.length > 0) return { ...kept, rolls: new Set([...kept.rolls, ...rolls]) };
  const hops = near(FELT_S.hops).flatMap(({ to, hop }) => (hop && !kept.hops.has(to) ? [to] : []));
  return hops.length > 0 ? { ...kept, hops: new Set([...kept.hops, ...hops]) } : undefined;
}
