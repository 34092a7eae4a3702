import type { BowPlan } from "../bowing/bow-plan.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { bowMotion, type BowMotion } from "./bow-motion.ts";
import type { Crossing } from "./crossing.ts";
import { easePosture } from "./ease-posture.ts";
import { crossingsNear } from "./hard-crossings.ts";
import { followPath, followStretch, type Missed, type PosePath } from "./joint-path.ts";
import { noteAt } from "./note-at.ts";
import { CONTROL_REACH, type ControlRange, type OpenStretch } from "./open-stretch.ts";
import type { SampledPath, MusicContext } from "./plan-trajectory.ts";
import { postureOf, type PostureControls } from "./posture-controls.ts";
import type { TrajectoryRefusal } from "./refusal.ts";
import type { RollTimings } from "./roll-timing.ts";
import { stretchedRolls } from "./stretched-rolls.ts";
import { toolPath, type Posture } from "./tool-path.ts";

/** The bow's motion with its rolls as long as they are by now. */
export interface Rolls {
  readonly motion: BowMotion;
  readonly timings: RollTimings;
}

/** Rolls and posture as the arm follows them. */
export interface FollowedRolls extends Rolls {
  readonly path: SampledPath;
  readonly controls: PostureControls;
}

/** The part of a path that is followed anew, and the path before, at the same sampling. */
export interface OpenPath {
  readonly open: OpenStretch;
  readonly before: SampledPath;
}

/** Times to look again at the rolls: each round stretches those that ask too much of a joint. */
const STRETCH_ROUNDS = 7;
/** In the first of them, rolls that were stretched for another posture may become shorter again. */
const SHORTER_ROUNDS = 5;

/** @param like another motion of the same plan, with the same settings but for sampling and posture */
export const rollsWith = (
  timings: RollTimings,
  plan: BowPlan,
  { instrument, settings, rampS }: MusicContext,
  like?: BowMotion,
): Rolls => ({ motion: bowMotion(plan, instrument, { ...settings, rampS }, timings, like), timings });

/**
 * Eases the posture for the rolls as they are, follows the path, and stretches rolls that still ask too much.
 *
 * @param looks times the arm is looked at for an easier posture
 * @param mayShorten whether rolls may become shorter again
 * @param part what is followed anew; absent = everything
 */
export function followedRolls(
  rolls: Rolls,
  from: PostureControls,
  { looks, mayShorten }: { readonly looks: number; readonly mayShorten: boolean },
  plan: BowPlan,
  context: MusicContext,
  part?: OpenPath,
): Outcome<FollowedRolls, TrajectoryRefusal> {
  const { settings } = context;
  const controls = easePosture(rolls.motion, from, looks, settings.posture, context, part?.open);
  const posture = postureOf(controls, rolls.motion.startS, settings.posture.gridS);
  const followed = followedPath(posesOf(rolls.motion, posture, context), rolls.motion, context, part);
  if (!followed.ok) return unreachable(followed.why, plan, rolls.motion, context);
  const path = { q_rad: followed.value, sampleS: settings.sampleS, startS: rolls.motion.startS };
  const looked = part ? crossingsIn(rolls.motion, part.open, context) : rolls.motion.crossings;
  const stretched = stretchRolls(rolls, looked, path, posture, plan, context, mayShorten);
  return stretched.ok ? ok({ path, controls, ...stretched.value }) : stretched;
}

/** Score seconds between which open control points are felt. */
export function timeOf(
  { first, last }: ControlRange,
  { startS }: Pick<BowMotion, "startS">,
  { settings }: MusicContext,
) {
  const { gridS } = settings.posture;
  return {
    fromS: startS + (first - CONTROL_REACH) * gridS,
    toS: startS + (last + CONTROL_REACH) * gridS,
  };
}

function crossingsIn(motion: BowMotion, open: OpenStretch, context: MusicContext): readonly Crossing[] {
  const { fromS, toS } = timeOf(open, motion, context);
  return motion.crossings.filter(({ startS, endS }) => endS > fromS && startS < toS);
}

function followedPath(
  poses: PosePath,
  motion: BowMotion,
  context: MusicContext,
  part: OpenPath | undefined,
): Outcome<Float64Array, Missed> {
  const { instrument } = context;
  if (!part) return followPath(instrument, poses);
  const { fromS, toS } = timeOf(part.open, motion, context);
  const { first, last } = samplesIn(part.before, fromS, toS);
  const q_rad = part.before.q_rad.slice();
  if (part.open.first === 0) return followPath(instrument, poses, { q_rad, last });
  return followStretch(instrument.dh, poses, q_rad, { first, last });
}

/**
 * Stretches the rolls that ask too much (shortens those that ask little by now), and follows them again in `path`. A roll's length changes nothing outside it:
 * only the rolls that changed are followed again.
 */
export function stretchRolls(
  rolls: Rolls,
  looked: readonly Crossing[],
  path: SampledPath,
  posture: Posture,
  plan: BowPlan,
  context: MusicContext,
  mayShorten: boolean,
): Outcome<Rolls, TrajectoryRefusal> {
  let { motion, timings } = rolls;
  let changed = looked;
  for (let round = 0; round < STRETCH_ROUNDS && changed.length > 0; round++) {
    const shorter = mayShorten && round < SHORTER_ROUNDS;
    const next = stretchedRolls(changed, timings, path, context, shorter);
    if (next === timings) break;
    timings = next;
    const longer = rollsWith(timings, plan, context, motion).motion;
    const again = followChanged(motion, longer, path, posture, context);
    motion = longer;
    if (!again.ok) return unreachable(again.why, plan, motion, context);
    changed = again.value.map(({ crossing }) => crossing);
  }
  return ok({ motion, timings });
}

/** A roll that starts or ends elsewhere now, with the time in which it moves, before or now. */
export interface ChangedRoll {
  readonly crossing: Crossing;
  readonly fromS: number;
  readonly toS: number;
}

/** Follows the rolls that changed from one motion to another again in `path`, and tells them. */
export function followChanged(
  before: BowMotion,
  after: BowMotion,
  path: SampledPath,
  posture: Posture,
  context: MusicContext,
): Outcome<readonly ChangedRoll[], Missed> {
  const changed = changedRolls(before.crossings, after.crossings);
  const poses = posesOf(after, posture, context);
  for (const { fromS, toS } of changed) {
    const again = followStretch(context.instrument.dh, poses, path.q_rad, samplesIn(path, fromS, toS));
    if (!again.ok) return again;
  }
  return ok(changed);
}

/** Rolls that are at another time or go at other paces in a motion of the same plan. */
export const changedRolls = (
  before: readonly Crossing[],
  after: readonly Crossing[],
): readonly ChangedRoll[] =>
  after.flatMap((crossing, i) => {
    const { startS, endS, timing } = before[i]!;
    if (startS === crossing.startS && endS === crossing.endS && timing.paces === crossing.timing.paces)
      return [];
    return [{ crossing, fromS: Math.min(startS, crossing.startS), toS: Math.max(endS, crossing.endS) }];
  });

function samplesIn({ q_rad, startS, sampleS }: SampledPath, fromS: number, toS: number) {
  const sampleAt = (scoreS: number): number => (scoreS - startS) / sampleS;
  const count = q_rad.length / 6;
  return {
    first: Math.max(1, Math.floor(sampleAt(fromS))),
    last: Math.min(count - 1, Math.ceil(sampleAt(toS))),
  };
}

/** The flange at every sample, from rest above the first string to rest above the last. */
function posesOf(motion: BowMotion, posture: Posture, { instrument, settings }: MusicContext): PosePath {
  const tool = toolPath(motion, instrument, posture);
  return {
    count: Math.ceil((motion.endS - motion.startS) / settings.sampleS) + 1,
    flangeAt: (sample) => tool.flangeAt(Math.min(motion.startS + sample * settings.sampleS, motion.endS)),
  };
}

function unreachable({ sample, missM }: Missed, plan: BowPlan, motion: BowMotion, context: MusicContext) {
  const atS = motion.startS + sample * context.settings.sampleS;
  const crossings = crossingsNear(plan, motion.crossings, atS, context);
  return refuse({ kind: "unreachable" as const, atS, note: noteAt(plan, atS), missM, crossings });
}
