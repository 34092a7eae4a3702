import { otherBaseTurns } from "../instrument/base-turns.ts";
import type { Joints } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import type { NoPassage } from "./no-passage.ts";
import { planFreeMotion, type FreeContext } from "./plan-free-motion.ts";

/** A way to where the arm waits. */
export interface Parking {
  /** From rest to rest, [n × 6] each at the profile's sampling. */
  readonly parts: readonly Float64Array[];
  /** Where it ends: the parked pose, its base perhaps a whole turn away from where the calibration has it. */
  readonly parked_rad: Joints;
}

/**
 * The way from wherever the arm stands to its parked pose. Where base and shoulder are proven to have no way there, the base may have
 * one to the same place the other way around: music is played from there as well.
 */
export function planParking(from: Joints, context: FreeContext): Outcome<Parking, NoPassage> {
  const { parked_rad } = context.instrument;
  const found = planFreeMotion(from, parked_rad, context);
  if (found.ok) return ok({ parts: found.value, parked_rad });
  if (!isOfTheBase(found.why)) return found;
  const others = otherBaseTurns(parked_rad, from, context.profile.limits);
  let [nearest, why] = [parked_rad, found.why];
  for (const turned_rad of others) {
    const around = planFreeMotion(from, turned_rad, context);
    if (around.ok) return ok({ parts: around.value, parked_rad: turned_rad });
    if (baseFrom(from, turned_rad) < baseFrom(from, nearest)) [nearest, why] = [turned_rad, around.why];
  }
  return refuse(why); // of the pose that a person has to turn the base least far to
}

const baseFrom = ([a]: Joints, [b]: Joints): number => Math.abs(a - b);

const isOfTheBase = (why: NoPassage): boolean =>
  why.where === "shut off" || (why.where === "behind" && why.wall.joint === 0);
