import type { BowPlan } from "../bowing/bow-plan.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { bowMotion, type BowMotion } from "./bow-motion.ts";
import type { Crossing } from "./crossing.ts";
import { followPath, followStretch, type Missed, type PosePath } from "./joint-path.ts";
import { noteAt } from "./note-at.ts";
import type { SampledPath, TrajectoryContext } from "./plan-trajectory.ts";
import type { TrajectoryRefusal } from "./refusal.ts";
import { stretchedRolls } from "./stretched-rolls.ts";
import { toolPath } from "./tool-path.ts";

/** Times to look again at the rolls: each round stretches those that ask too much of a joint. */
const STRETCH_ROUNDS = 5;

/**
 * Joints from rest above the first string to rest above the last; rolls as long as the joints ask and the notes allow.
 *
 * A roll's length changes nothing outside it: after the first pass only the rolls that changed are followed again.
 */
export function musicPath(
  plan: BowPlan,
  context: TrajectoryContext,
): Outcome<SampledPath, TrajectoryRefusal> {
  const { instrument, settings } = context;
  const motionWith = (stretch: ReadonlyMap<number, number>): BowMotion =>
    bowMotion(plan, instrument, { ...settings, rampS: context.rampS }, stretch);
  let stretch: ReadonlyMap<number, number> = new Map();
  let motion = motionWith(stretch);
  let changed = motion.crossings;
  const first = followPath(instrument.dh, posesOf(motion, context), instrument.parked_rad);
  if (!first.ok) return unreachable(first.why, plan, motion, context);
  const path = { q_rad: first.value, sampleS: settings.sampleS, startS: motion.startS };
  for (let round = 0; round < STRETCH_ROUNDS && changed.length > 0; round++) {
    stretch = stretchedRolls(changed, stretch, path, context);
    const longer = motionWith(stretch);
    const windows = changedWindows(motion.crossings, longer.crossings);
    motion = longer;
    changed = windows.map(({ crossing }) => crossing);
    for (const { fromS, toS } of windows) {
      const again = followStretch(
        instrument.dh,
        posesOf(motion, context),
        path.q_rad,
        samplesIn(path, fromS, toS),
      );
      if (!again.ok) return unreachable(again.why, plan, motion, context);
    }
  }
  return ok(path);
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
function posesOf(motion: BowMotion, { instrument, settings }: TrajectoryContext): PosePath {
  const tool = toolPath(motion, instrument);
  return {
    count: Math.ceil((motion.endS - motion.startS) / settings.sampleS) + 1,
    flangeAt: (sample) => tool.flangeAt(Math.min(motion.startS + sample * settings.sampleS, motion.endS)),
  };
}

function unreachable(
  { sample, missM }: Missed,
  plan: BowPlan,
  motion: BowMotion,
  { settings }: TrajectoryContext,
) {
  const atS = motion.startS + sample * settings.sampleS;
  return refuse({ kind: "unreachable" as const, atS, note: noteAt(plan, atS), missM });
}
