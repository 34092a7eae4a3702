import type { Crossing } from "../trajectory/crossing.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { ledRolls } from "../trajectory/led-rolls.ts";
import type { MusicPath } from "../trajectory/music-path.ts";
import { trajectoryOf, type TrajectoryContext } from "../trajectory/plan-trajectory.ts";
import { shortenedHops } from "../trajectory/shortened-hops.ts";
import type { PlannedMotion } from "./plan-piece.ts";

/** What is done to a path that plays, and which of its rolls may be the cause where it does not play any more. */
interface Change {
  /** @param but notes whose rolls stay as they are. Returns the same path where nothing changes. */
  readonly of: typeof ledRolls<MusicPath>;
  readonly changes: (roll: Crossing) => boolean;
  /** How long before and after a roll its change is felt [s]. */
  readonly feltS: number;
}

const SHORTER_HOPS: Change = { of: shortenedHops, changes: ({ hop }) => hop !== undefined, feltS: 1.5 };
const LED_ROLLS: Change = { of: ledRolls, changes: ({ hop }) => !hop, feltS: 0.3 };

/** A path, and the motion it makes. */
interface Finished {
  readonly path: MusicPath;
  readonly trajectory: JointTrajectory;
}

/**
 * The motion for good, once it is known that it plays: its long hops made shorter, then its rolls to a neighbour led. What would break a
 * limit or come too near to anything is left out: the whole is checked anew, and what is near to a fault stays as it was.
 */
export function finishedMotion(
  { plan, trajectory }: PlannedMotion,
  path: MusicPath,
  context: TrajectoryContext,
): JointTrajectory {
  const changed = (from: Finished, change: Change): Finished => {
    const but = new Set<number>();
    for (;;) {
      const next = change.of(from.path, plan, context, but);
      if (next === from.path) return from;
      const whole = trajectoryOf(plan, next, context);
      if (whole.ok) return { path: next, trajectory: whole.value.trajectory };
      const wrong = rollsNear(whole.why.atS, from.path, change).filter((to) => !but.has(to));
      if (wrong.length === 0) return from;
      wrong.forEach((to) => but.add(to));
    }
  };
  return changed(changed({ path, trajectory }, SHORTER_HOPS), LED_ROLLS).trajectory;
}

const rollsNear = (atS: number, { motion }: MusicPath, { changes, feltS }: Change): readonly number[] =>
  motion.crossings
    .filter((roll) => changes(roll) && roll.startS - feltS < atS && atS < roll.endS + feltS)
    .map(({ to }) => to);
