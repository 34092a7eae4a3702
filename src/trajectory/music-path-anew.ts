import type { BowedNote, BowPlan } from "../bowing/bow-plan.ts";
import { ok, type Outcome } from "../outcome.ts";
import { changedStretches, joined, type Stretch } from "./changed-stretches.ts";
import { rollsWith, timeOf, type Rolls } from "./followed-rolls.ts";
import { pathFrom, type MusicPath } from "./music-path.ts";
import type { ControlRange } from "./open-stretch.ts";
import { meets, partsAt, rangeIn } from "./opened-part.ts";
import type { MusicContext } from "./plan-trajectory.ts";
import type { RollTimings } from "./roll-timing.ts";
import type { TrajectoryRefusal } from "./refusal.ts";

/** Posture and rolls are open so long before and after what changed [s]. @assumed */
const MARGIN_S = 1;
/** Where more of a piece is open than this, it is planned as a whole [-]. @assumed */
const MOST_SHARE = 0.85;
/** Bow positions that are no nearer than this are others [m]. */
const SAME_M = 1e-6;
/** Rolls that are open move others beside them: so often is looked for more that changed. */
const ROUNDS = 4;

/** Rolls as they were where the bow goes as before, as they are wished for where it does not. */
interface OpenedRolls {
  readonly before: FollowedPlan;
  readonly rolls: Rolls;
  readonly ranges: readonly ControlRange[];
}

/** A plan and its path. */
export interface FollowedPlan {
  readonly plan: BowPlan;
  readonly path: MusicPath;
}

/** A path that is to be planned anew in part. */
export interface OpenedPath extends OpenedRolls {
  /** Length of what is open [s]. */
  readonly openS: number;
}

/**
 * Opens the path before that is most like a new plan's, around where the bow goes elsewhere.
 *
 * @param before paths of plans of the same notes
 * @returns undefined where none is like enough
 */
export function openedPath(
  plan: BowPlan,
  before: readonly FollowedPlan[],
  context: MusicContext,
): OpenedPath | undefined {
  const [nearest] = before
    .map((followed) => ({ followed, otherS: bowedOtherwiseS(followed.plan, plan) }))
    .sort((a, b) => a.otherS - b.otherS);
  const opened = nearest && openedRolls(plan, nearest.followed, context);
  return opened && { ...opened, openS: openControls(opened.ranges) * context.settings.posture.gridS };
}

/** Seconds of the notes that are bowed otherwise; both plans are of the same notes. */
const bowedOtherwiseS = (a: BowPlan, b: BowPlan): number =>
  a.notes.reduce((sum, note, i) => (isBowedAs(note, b.notes[i]!) ? sum : sum + note.endS - note.startS), 0);

const isBowedAs = (a: BowedNote, b: BowedNote): boolean =>
  a.string === b.string &&
  a.direction === b.direction &&
  Math.abs(a.bowStartM - b.bowStartM) < SAME_M &&
  Math.abs(a.bowEndM - b.bowEndM) < SAME_M;

/**
 * The path of a plan that mostly is bowed as one before: planned where that is opened, and beyond that the same.
 *
 * @returns undefined where the new does not meet the old
 */
export function musicPathAnew(
  { before, rolls, ranges }: OpenedPath,
  plan: BowPlan,
  context: MusicContext,
): Outcome<MusicPath, TrajectoryRefusal> | undefined {
  let whole: MusicPath = { ...before.path, ...rolls };
  for (const range of ranges) {
    const next = pathFrom(whole, plan, context, partsAt(range, whole));
    if (!next.ok) return next;
    if (!meets(next.value.path, whole, range, context)) return undefined;
    whole = next.value;
  }
  return ok({ ...whole, after: [...before.path.after, before.plan.provenance] });
}

/** @returns undefined where too much is open */
function openedRolls(plan: BowPlan, before: FollowedPlan, context: MusicContext): OpenedRolls | undefined {
  const { motion, timings, controls } = before.path;
  let rolls = rollsWith(timings, plan, context);
  let ranges: readonly ControlRange[] = [];
  if (rolls.motion.startS !== motion.startS || rolls.motion.endS !== motion.endS) return undefined;
  let changed: readonly Stretch[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const open = ranges.map((range) => timeOf(range, motion, context));
    const more = changedStretches(motion, rolls.motion).filter(
      ({ fromS, toS }) => !open.some((stretch) => stretch.fromS < fromS && toS < stretch.toS),
    );
    if (more.length === 0) return { before, rolls, ranges };
    changed = [...changed, ...more];
    ranges = rangesOf(changed, before.path, context);
    if (openControls(ranges) > MOST_SHARE * controls.tilt.length) return undefined;
    rolls = rollsWith(keptTimings(before.path, rolls, changed), plan, context, rolls.motion);
  }
  return undefined;
}

const openControls = (ranges: readonly ControlRange[]): number =>
  ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);

/** Control points that are felt in stretches and margins around them. */
const rangesOf = (
  stretches: readonly Stretch[],
  path: MusicPath,
  context: MusicContext,
): readonly ControlRange[] => {
  const margins = stretches.map(({ fromS, toS }) => ({ fromS: fromS - MARGIN_S, toS: toS + MARGIN_S }));
  return joined(margins.sort((a, b) => a.fromS - b.fromS)).map((stretch) => rangeIn(stretch, path, context));
};

/** The timings of rolls that do not touch what changed, before or after. */
function keptTimings({ motion, timings }: MusicPath, rolls: Rolls, changed: readonly Stretch[]): RollTimings {
  const kept = new Map(timings);
  for (const { to, startS, endS } of [...motion.crossings, ...rolls.motion.crossings])
    if (changed.some(({ fromS, toS }) => endS > fromS && startS < toS)) kept.delete(to);
  return kept;
}
