import type { BowPlan } from "../bowing/bow-plan.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { bowMotion, type BowMotion } from "./bow-motion.ts";
import type { Crossing } from "./crossing.ts";
import { followPath, followStretch, type Missed, type PosePath } from "./joint-path.ts";
import { crossingsNear } from "./hard-crossings.ts";
import { noteAt } from "./note-at.ts";
import type { SampledPath, MusicContext } from "./plan-trajectory.ts";
import type { TrajectoryRefusal } from "./refusal.ts";
import { stretchedRolls } from "./stretched-rolls.ts";
import { choosePosture } from "./choose-posture.ts";
import { easePosture } from "./ease-posture.ts";
import { postureOf, type PostureControls } from "./posture-controls.ts";
import { toolPath, type Posture } from "./tool-path.ts";

/** Times to look again at the rolls: each round stretches those that ask too much of a joint. */
const STRETCH_ROUNDS = 5;
/** In the first of them, rolls that were stretched for another posture may become shorter again. */
const SHORTER_ROUNDS = 3;
/** The music as joints, and what they follow. */
export interface MusicPath {
  readonly path: SampledPath;
  readonly motion: BowMotion;
  readonly posture: Posture;
}

/** While rolls and posture are still looked for, every so many samples are followed. */
const COARSE = 3;
/** Looks at the arm for an easier posture: from the one chosen first, and from the one eased already. */
const LOOKS = { first: 3, again: 1 };

/**
 * Joints from rest above the first string to rest above the last.
 *
 * Rolls are as long as the joints ask and the notes allow; what the music leaves open of the posture makes the joints'
 * worst moments easy. Both depend on each other: each is done for the other as it stands, first coarsely.
 */
export function musicPath(plan: BowPlan, context: MusicContext): Outcome<MusicPath, TrajectoryRefusal> {
  const { settings } = context;
  const coarse = { ...context, settings: { ...settings, sampleS: COARSE * settings.sampleS } };
  const wished = unstretched(plan, context);
  const chosen = choosePosture(wished.motion, { ...context, posture: settings.posture });
  const first = followedRolls(wished, chosen, LOOKS.first, plan, coarse);
  if (!first.ok) return first;
  const second = followedRolls(first.value.rolls, first.value.controls, LOOKS.again, plan, context);
  if (!second.ok) return second;
  const { path, rolls, posture } = second.value;
  return ok({ path, motion: rolls.motion, posture });
}

/** Eases the posture for the rolls as they are, follows the path, and stretches rolls that still ask too much. */
function followedRolls(
  rolls: Rolls,
  from: PostureControls,
  looks: number,
  plan: BowPlan,
  context: MusicContext,
): Outcome<Followed, TrajectoryRefusal> {
  const { instrument, settings } = context;
  const controls = easePosture(rolls.motion, from, looks, settings.posture, context);
  const posture = postureOf(controls, rolls.motion.startS, settings.posture.gridS);
  const followed = followPath(instrument, posesOf(rolls.motion, posture, context));
  if (!followed.ok) return unreachable(followed.why, plan, rolls.motion, context);
  const path = { q_rad: followed.value, sampleS: settings.sampleS, startS: rolls.motion.startS };
  const stretched = stretchRolls(rolls, path, posture, plan, context, looks === LOOKS.again);
  return stretched.ok ? ok({ path, rolls: stretched.value, controls, posture }) : stretched;
}

interface Followed {
  readonly path: SampledPath;
  readonly rolls: Rolls;
  readonly controls: PostureControls;
  readonly posture: Posture;
}

/** The bow's motion with its rolls stretched, by the index of their note. */
interface Rolls {
  readonly motion: BowMotion;
  readonly stretch: ReadonlyMap<number, number>;
}

function unstretched(plan: BowPlan, context: MusicContext): Rolls {
  const stretch: ReadonlyMap<number, number> = new Map();
  return { motion: motionWith(stretch, plan, context), stretch };
}

const motionWith = (
  stretch: ReadonlyMap<number, number>,
  plan: BowPlan,
  { instrument, settings, rampS }: MusicContext,
): BowMotion => bowMotion(plan, instrument, { ...settings, rampS }, stretch);

/**
 * Stretches the rolls that ask too much (shortens those that ask little by now), and follows them again in `path`. A roll's length changes nothing outside it:
 * only the rolls that changed are followed again.
 */
function stretchRolls(
  rolls: Rolls,
  path: SampledPath,
  posture: Posture,
  plan: BowPlan,
  context: MusicContext,
  mayShorten: boolean,
): Outcome<Rolls, TrajectoryRefusal> {
  let { motion, stretch } = rolls;
  let changed = motion.crossings;
  for (let round = 0; round < STRETCH_ROUNDS && changed.length > 0; round++) {
    stretch = stretchedRolls(changed, stretch, path, context, mayShorten && round < SHORTER_ROUNDS);
    const longer = motionWith(stretch, plan, context);
    const windows = changedWindows(motion.crossings, longer.crossings);
    motion = longer;
    changed = windows.map(({ crossing }) => crossing);
    const poses = posesOf(motion, posture, context);
    for (const { fromS, toS } of windows) {
      const samples = samplesIn(path, fromS, toS);
      const again = followStretch(context.instrument.dh, poses, path.q_rad, samples);
      if (!again.ok) return unreachable(again.why, plan, motion, context);
    }
  }
  return ok({ motion, stretch });
}

/** Rolls that start or end elsewhere now, with the time in which either moves. */
const changedWindows = (before: readonly Crossing[], after: readonly Crossing[]) =>
  after.flatMap((crossing, i) => {
    const { startS, endS } = before[i]!;
    if (startS === crossing.startS && endS === crossing.endS) return [];
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

function unreachable(
  { sample, missM }: Missed,
  plan: BowPlan,
  motion: BowMotion,
  { settings }: MusicContext,
) {
  const atS = motion.startS + sample * settings.sampleS;
  const crossings = crossingsNear(motion.crossings, atS);
  return refuse({ kind: "unreachable" as const, atS, note: noteAt(plan, atS), missM, crossings });
}
