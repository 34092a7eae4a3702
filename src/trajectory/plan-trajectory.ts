import type { BowPlan } from "../bowing/bow-plan.ts";
import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { provenanceOf } from "../provenance.ts";
import { blockedParking, crossingsAtEnd, withApproach } from "./approach.ts";
import { checkPath } from "./check-path.ts";
import { derivatives, type Derivatives } from "./derivatives.ts";
import { hardCrossings, strainedCrossings } from "./hard-crossings.ts";
import type { JointTrajectory, Margins, MotionLimits } from "./joint-trajectory.ts";
import { musicPath, type MusicPath } from "./music-path.ts";
import { noteAt } from "./note-at.ts";
import type { HardCrossing, TrajectoryRefusal } from "./refusal.ts";
import { rememberedTravels, type FreeTravels } from "./remembered-travels.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** What surrounds the music when it becomes motion. */
export interface MusicContext {
  readonly instrument: Instrument;
  readonly limits: MotionLimits;
  /** In the music, where the hair may lie on strings. */
  readonly clearance: ClearanceCheck;
  readonly settings: TrajectorySettings;
  /** Ramp of the strokes, from the bowing settings the plan was made with [s]. */
  readonly rampS: number;
}

/** The same with the ways from the parked pose and back. */
export interface TrajectoryContext extends MusicContext {
  /** Nothing may be touched, hair on strings included. */
  readonly free: ClearanceCheck;
  readonly travel: FreeTravels;
}

/** With the ways to and from the parked pose, at the share of the limits that is for free motion. */
export function withTravels(context: Omit<TrajectoryContext, "travel">): TrajectoryContext {
  const { instrument, limits, settings, free: clear } = context;
  const pace = { limits, share: settings.freeMotionShare, sampleS: settings.sampleS };
  return { ...context, travel: rememberedTravels({ instrument, clear, pace }) };
}

/** A whole path at its sampling, before it is checked. */
export interface SampledPath {
  /** [n × 6] */
  readonly q_rad: Float64Array;
  readonly sampleS: number;
  /** Score second of sample 0. */
  readonly startS: number;
}

/** A plan's motion, inside every limit. */
export interface PlannedTrajectory {
  readonly trajectory: JointTrajectory;
  /** Crossings that the arm follows with less to spare than it should have. */
  readonly strained: readonly HardCrossing[];
}

/** Why no plan can begin; undefined = the parked pose is clear. */
export function blockedStart(plan: BowPlan, context: TrajectoryContext): TrajectoryRefusal | undefined {
  const parked = blockedParking(context);
  return parked && { kind: "no-way", leg: "approach", atS: plan.notes[0]!.startS, note: 0, ...parked };
}

/**
 * Motion on the score's own clock, from the parked pose and back to it, of a plan whose music is joints already; or why not.
 *
 * Every limit and the clearance of the whole path are checked. Nothing is slowed down: the plan fits the written time or is refused with
 * its numbers.
 */
export function trajectoryOf(
  plan: BowPlan,
  music: MusicPath,
  context: TrajectoryContext,
): Outcome<PlannedTrajectory, TrajectoryRefusal> {
  const whole = withApproach(music.path, context);
  if (!whole.ok)
    return refuse({
      ...whole.why,
      note: noteAt(plan, whole.why.atS),
      crossings: crossingsAtEnd(plan, whole.why),
    });
  const path = whole.value;
  const d = derivatives(path.q_rad, path.sampleS);
  const checked = checkMusic(plan, music, path, d, context);
  if (!checked.ok) return checked;
  const { instrument, limits, settings } = context;
  const knots = knotIndices(path.q_rad.length / 6, Math.round(settings.knotS / settings.sampleS));
  const trajectory = {
    title: plan.title,
    timeS: Float64Array.from(knots, (k) => k * path.sampleS),
    q_rad: pick(path.q_rad, knots),
    qd_radps: pick(d.qd, knots),
    qdd_radps2: pick(d.qdd, knots),
    scoreStartS: -path.startS,
    margins: checked.value,
    provenance: provenanceOf(plan.provenance, instrument, limits, settings, ...music.after),
  };
  return ok({ trajectory, strained: strainedCrossings(plan, music, context) });
}

/** Whether the arm can follow a plan from above its first string to above its last, without the ways there and back: a look, no trajectory. */
export function tryTrajectory(plan: BowPlan, context: MusicContext): Outcome<Margins, TrajectoryRefusal> {
  const music = musicPath(plan, context);
  if (!music.ok) return music;
  const { path } = music.value;
  return checkMusic(plan, music.value, path, derivatives(path.q_rad, path.sampleS), context);
}

function checkMusic(
  plan: BowPlan,
  music: MusicPath,
  path: SampledPath,
  d: Derivatives,
  context: MusicContext,
): Outcome<Margins, TrajectoryRefusal> {
  const checked = checkPath(path, d, context);
  if (checked.ok) return checked;
  const { places, ...broken } = checked.why;
  const crossings = hardCrossings(plan, music, places, context);
  return refuse({ ...broken, note: noteAt(plan, broken.atS), crossings });
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
