import { otherBaseTurns } from "../instrument/base-turns.ts";
import { bowOnString } from "../instrument/bow-on-string.ts";
import type { Joints } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { STRING_NAMES } from "../score/score.ts";
import { firstBranch } from "../trajectory/first-branch.ts";
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
 * one to the same place the other way around, if its range leaves room to play music from there.
 */
export function planParking(from: Joints, context: FreeContext): Outcome<Parking, NoPassage> {
  const { parked_rad } = context.instrument;
  const found = planFreeMotion(from, parked_rad, context);
  if (found.ok) return ok({ parts: found.value, parked_rad });
  if (!isOfTheBase(found.why)) return found;
  const others = otherBaseTurns(parked_rad, from, context.profile.limits).filter((turned_rad) =>
    isPlayedFrom(turned_rad, context),
  );
  let [nearest, why] = [parked_rad, found.why];
  for (const turned_rad of others) {
    const around = planFreeMotion(from, turned_rad, context);
    if (around.ok) return ok({ parts: around.value, parked_rad: turned_rad });
    if (baseFrom(from, turned_rad) < baseFrom(from, nearest)) [nearest, why] = [turned_rad, around.why];
  }
  return refuse(why); // of the pose that a person has to turn the base least far to
}

/** The base turns so much farther in music than from frog to tip of each string, when it hops and retakes [rad]. @assumed */
const SWING_RAD = 0.2;
/** Hair to bridge where that is looked at, in the middle of where it is bowed [m]. */
const CONTACT_M = 0.08;

/** Whether the base stays within its range over frog and tip of each string, for an arm that waits there. */
function isPlayedFrom(parked_rad: Joints, { instrument, profile: { limits } }: FreeContext): boolean {
  const { dh, hair, strings } = instrument;
  const [least, most] = [limits.jointMin_rad[0] + SWING_RAD, limits.jointMax_rad[0] - SWING_RAD];
  return STRING_NAMES.every((string) => {
    const { fromM, toM } = strings[string].playable;
    return [fromM, toM].every((bowM) => {
      const place = { bowM, contactM: CONTACT_M, heightM: 0, lean_rad: 0 };
      const q_rad = firstBranch({ dh, parked_rad }, bowOnString(hair, strings[string], place));
      return q_rad !== undefined && q_rad[0] >= least && q_rad[0] <= most;
    });
  });
}

const baseFrom = ([a]: Joints, [b]: Joints): number => Math.abs(a - b);

const isOfTheBase = (why: NoPassage): boolean =>
  why.where === "shut off" || (why.where === "behind" && why.wall.joint === 0);
