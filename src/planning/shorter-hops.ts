import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import type { MusicPath } from "../trajectory/music-path.ts";
import { trajectoryOf, type TrajectoryContext } from "../trajectory/plan-trajectory.ts";
import { shortenedHops } from "../trajectory/shortened-hops.ts";
import type { PlannedMotion } from "./plan-piece.ts";

/** A hop that is made shorter changes the posture up to about so long before and after it [s]. */
const FELT_S = 1.5;

/**
 * The motion with its long hops made shorter, but for those that would break a limit or come too near to anything: the whole is checked
 * anew, and hops around what is wrong stay as they were.
 */
export function withShorterHops(
  { plan, trajectory }: PlannedMotion,
  path: MusicPath,
  context: TrajectoryContext,
): JointTrajectory {
  const but = new Set<number>();
  for (;;) {
    const shorter = shortenedHops(path, plan, context, but);
    if (shorter === path) return trajectory;
    const whole = trajectoryOf(plan, shorter, context);
    if (whole.ok) return whole.value.trajectory;
    const wrong = hopsNear(path, whole.why.atS).filter((to) => !but.has(to));
    if (wrong.length === 0) return trajectory;
    wrong.forEach((to) => but.add(to));
  }
}

const hopsNear = ({ motion }: MusicPath, atS: number): readonly number[] =>
  motion.crossings
    .filter(({ hop, startS, endS }) => hop && startS - FELT_S < atS && atS < endS + FELT_S)
    .map(({ to }) => to);
