import type { BowedNote, BowPlan } from "../bowing/bow-plan.ts";
import { jointsAt, type Joints } from "../math/joints.ts";
import { ok, type Outcome } from "../outcome.ts";
import { changedStretches, joined, type Stretch } from "./changed-stretches.ts";
import { rollsWith, timeOf, type OpenPath, type Rolls } from "./followed-rolls.ts";
import { COARSE, pathFrom, type MusicPath } from "./music-path.ts";
import { CONTROL_REACH, type ControlRange } from "./open-stretch.ts";
import type { MusicContext, SampledPath } from "./plan-trajectory.ts";
import { STILL } from "./posture-controls.ts";
import type { RollTimings } from "./roll-timing.ts";
import type { TrajectoryRefusal } from "./refusal.ts";

/** Posture and rolls are open so long before and after what changed [s]. @assumed */
const MARGIN_S = 1;
/** Where more of a piece is open than this, it is planned as a whole [-]. @assumed */
const MOST_SHARE = 0.85;
/** Joints that are planned anew meet the old ones within this [rad]. */
const MEETS_RAD = 1e-6;
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
    const { toS } = timeOf(range, whole.motion, context);
    const isOpenToEnd = range.last === whole.controls.tilt.length - 1;
    if (!isOpenToEnd && !meets(next.value.path, whole.path, toS)) return undefined;
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
    rolls = rollsWith(keptTimings(before.path, rolls, changed), plan, context);
  }
  return undefined;
}

const openControls = (ranges: readonly ControlRange[]): number =>
  ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);

/** Control points that are felt in stretches and margins around them; towards the ends all, because those are alike there. */
function rangesOf(
  stretches: readonly Stretch[],
  { motion: { startS }, controls }: MusicPath,
  { settings }: MusicContext,
): readonly ControlRange[] {
  const { gridS } = settings.posture;
  const end = controls.tilt.length - 1;
  const place = (scoreS: number): number => (scoreS - startS) / gridS;
  const margins = stretches.map(({ fromS, toS }) => ({ fromS: fromS - MARGIN_S, toS: toS + MARGIN_S }));
  return joined(margins.sort((a, b) => a.fromS - b.fromS)).map(({ fromS, toS }) => {
    const first = Math.floor(place(fromS) + 1e-6) + CONTROL_REACH;
    const last = Math.ceil(place(toS) - 1e-6) - CONTROL_REACH;
    return { first: first <= STILL + 1 ? 0 : first, last: last >= end - STILL - 1 ? end : last };
  });
}

/** The timings of rolls that do not touch what changed, before or after. */
function keptTimings({ motion, timings }: MusicPath, rolls: Rolls, changed: readonly Stretch[]): RollTimings {
  const kept = new Map(timings);
  for (const { to, startS, endS } of [...motion.crossings, ...rolls.motion.crossings])
    if (changed.some(({ fromS, toS }) => endS > fromS && startS < toS)) kept.delete(to);
  return kept;
}

function partsAt(
  range: ControlRange,
  { path, controls }: MusicPath,
): { readonly coarse: OpenPath; readonly fine: OpenPath } {
  const jointsAt = (scoreS: number): Joints => rowAt(path, scoreS);
  const open = { ...range, around: controls, jointsAt };
  return { coarse: { open, before: everyOf(path, COARSE) }, fine: { open, before: path } };
}

/** Every so many samples of a path, to its end. */
function everyOf({ q_rad, sampleS, startS }: SampledPath, every: number): SampledPath {
  const last = q_rad.length / 6 - 1;
  const rows = Array.from({ length: Math.ceil(last / every) + 1 }, (_, i) => Math.min(i * every, last));
  const coarse = new Float64Array(rows.length * 6);
  rows.forEach((row, i) => coarse.set(q_rad.subarray(row * 6, row * 6 + 6), i * 6));
  return { q_rad: coarse, sampleS: every * sampleS, startS };
}

function rowAt({ q_rad, sampleS, startS }: SampledPath, scoreS: number): Joints {
  const row = Math.min(Math.max(Math.round((scoreS - startS) / sampleS), 0), q_rad.length / 6 - 1);
  return jointsAt(q_rad, row);
}

/** Whether a path is on the old one again at a score second. */
function meets(path: SampledPath, before: SampledPath, scoreS: number): boolean {
  const [here, old] = [rowAt(path, scoreS), rowAt(before, scoreS)];
  return here.every((q, j) => Math.abs(q - old[j]!) < MEETS_RAD);
}
