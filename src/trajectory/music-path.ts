import type { BowPlan } from "../bowing/bow-plan.ts";
import { ok, type Outcome } from "../outcome.ts";
import type { Provenance } from "../provenance.ts";
import { choosePosture } from "./choose-posture.ts";
import { followedRolls, rollsWith, type FollowedRolls, type OpenPath, type Rolls } from "./followed-rolls.ts";
import type { MusicContext } from "./plan-trajectory.ts";
import type { TrajectoryRefusal } from "./refusal.ts";

/** The music as joints, and what they follow. */
export interface MusicPath extends FollowedRolls {
  /** Plans whose paths it keeps parts of, first to last; none where it was followed from nothing. */
  readonly after: readonly Provenance[];
}

/** While rolls and posture are still looked for, every so many samples are followed. */
export const COARSE = 3;
/** Looks at the arm for an easier posture: from the one chosen first, and from the one eased already. */
const ROUGHLY = { looks: 3, mayShorten: false };
const FINELY = { looks: 1, mayShorten: true };
/** A part costs little, and has less room than the whole: it is worth another look. */
const FINELY_IN_PART = { ...FINELY, looks: 2 };

/**
 * Joints from rest above the first string to rest above the last.
 *
 * Rolls are as long as the joints ask and the notes allow; what the music leaves open of the posture makes the joints'
 * worst moments easy. Both depend on each other: each is done for the other as it stands, first coarsely.
 */
export const musicPath = (plan: BowPlan, context: MusicContext): Outcome<MusicPath, TrajectoryRefusal> =>
  pathFrom(rollsWith(new Map(), plan, context), plan, context);

/**
 * The same for a part of it, or the whole.
 *
 * @param wished rolls as they are wished for, where they are open
 * @param parts the part, at a coarse sampling and at the path's own; absent = the whole
 */
export function pathFrom(
  wished: Rolls,
  plan: BowPlan,
  context: MusicContext,
  parts?: { readonly coarse: OpenPath; readonly fine: OpenPath },
): Outcome<MusicPath, TrajectoryRefusal> {
  const { settings } = context;
  const coarse = { ...context, settings: { ...settings, sampleS: COARSE * settings.sampleS } };
  const chosen = choosePosture(wished.motion, { ...context, posture: settings.posture }, parts?.fine.open);
  const first = followedRolls(wished, chosen, ROUGHLY, plan, coarse, parts?.coarse);
  if (!first.ok) return first;
  const { controls } = first.value;
  const second = followedRolls(
    first.value,
    controls,
    parts ? FINELY_IN_PART : FINELY,
    plan,
    context,
    parts?.fine,
  );
  return second.ok ? ok({ ...second.value, after: [] }) : second;
}
