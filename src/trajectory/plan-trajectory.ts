import type { BowPlan } from "../bowing/bow-plan.ts";
import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { provenanceOf } from "../provenance.ts";
import { checkPath } from "./check-path.ts";
import { derivatives } from "./derivatives.ts";
import { freeMotion } from "./free-motion.ts";
import type { JointTrajectory, MotionLimits } from "./joint-trajectory.ts";
import { musicPath } from "./music-path.ts";
import { noteAt } from "./note-at.ts";
import type { TrajectoryRefusal } from "./refusal.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** What surrounds the music when it becomes motion. */
export interface TrajectoryContext {
  readonly instrument: Instrument;
  readonly limits: MotionLimits;
  readonly clearance: ClearanceCheck;
  readonly settings: TrajectorySettings;
  /** Ramp of the strokes, from the bowing settings the plan was made with [s]. */
  readonly rampS: number;
}

/** A whole path at its sampling, before it is checked. */
export interface SampledPath {
  /** [n × 6] */
  readonly q_rad: Float64Array;
  readonly sampleS: number;
  /** Score second of sample 0. */
  readonly startS: number;
}

/**
 * Turns a bow plan into joint motion on the score's own clock, from the parked pose back to it, or says why not.
 *
 * Geometry first (strokes on the calibrated lines, rolls, lifts), then one branch of joints, then every limit and the
 * clearance of the whole path. Nothing is slowed down: the plan fits the written time or is refused with its numbers.
 */
export function planTrajectory(
  plan: BowPlan,
  context: TrajectoryContext,
): Outcome<JointTrajectory, TrajectoryRefusal> {
  const music = musicPath(plan, context);
  if (!music.ok) return music;
  const path = withApproach(music.value.path, context);
  const d = derivatives(path.q_rad, path.sampleS);
  const checked = checkPath(path, d, context);
  if (!checked.ok) return refuse({ ...checked.why, note: noteAt(plan, checked.why.atS) });
  const { instrument, limits, settings } = context;
  const knots = knotIndices(path.q_rad.length / 6, Math.round(settings.knotS / settings.sampleS));
  return ok({
    title: plan.title,
    timeS: Float64Array.from(knots, (k) => k * path.sampleS),
    q_rad: pick(path.q_rad, knots),
    qd_radps: pick(d.qd, knots),
    qdd_radps2: pick(d.qdd, knots),
    scoreStartS: -path.startS,
    margins: checked.value,
    provenance: provenanceOf(plan.provenance, instrument, limits, settings),
  });
}

/** Adds the way from the parked pose and back to it. */
function withApproach(
  { q_rad: music, startS }: SampledPath,
  { instrument, limits, settings }: TrajectoryContext,
): SampledPath {
  const free = { limits, share: settings.freeMotionShare, sampleS: settings.sampleS };
  const first = music.subarray(0, 6) as unknown as Joints;
  const last = music.subarray(music.length - 6) as unknown as Joints;
  const there = freeMotion(instrument.parked_rad, first, free);
  const back = freeMotion(last, instrument.parked_rad, free);
  const q_rad = new Float64Array(there.length + music.length + back.length - 12);
  q_rad.set(there);
  q_rad.set(music, there.length - 6);
  q_rad.set(back, there.length + music.length - 12);
  return { q_rad, sampleS: settings.sampleS, startS: startS - (there.length / 6 - 1) * settings.sampleS };
}

/** Every `every`-th sample, and the last. */
function knotIndices(count: number, every: number): readonly number[] {
  const knots = Array.from({ length: Math.ceil((count - 1) / every) }, (_, i) => i * every);
  return [...knots, count - 1];
}

const pick = (values: Float64Array, rows: readonly number[]): Float64Array => {
  const picked = new Float64Array(rows.length * 6);
  rows.forEach((row, i) => picked.set(values.subarray(row * 6, row * 6 + 6), i * 6));
  return picked;
};
