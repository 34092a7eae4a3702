import { NOBODY } from "../collision/pair-scan.ts";
import { jointsAt } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import type { Derivatives } from "./derivatives.ts";
import type { LimitUse, Margins } from "./joint-trajectory.ts";
import { handSpeedMps, largestUse, positionUse, smallestSigma, type SampledUse } from "./measure-path.ts";
import type { SampledPath, MusicContext } from "./plan-trajectory.ts";
import type { BrokenLimit } from "./refusal.ts";

/** What a path is held against. */
type CheckContext = Omit<MusicContext, "rampS">;
/** `places`: every score second where that limit is broken. */
type Why = WithoutNote<BrokenLimit> & { readonly places: readonly number[] };
type WithoutNote<T> = T extends unknown ? Omit<T, "note"> & { readonly note?: never } : never;

/** Every how many samples speed of the hand and distance to singularity are measured. */
const FIGURES_EVERY = 5;

/** Holds a whole path against every limit. Either all margins, or the first kind of limit that is broken, at its worst. */
export function checkPath(path: SampledPath, d: Derivatives, context: CheckContext): Outcome<Margins, Why> {
  const { limits } = context;
  const timed = ({ sample, ...use }: SampledUse): LimitUse => ({
    ...use,
    atS: path.startS + sample * path.sampleS,
  });
  const uses = {
    position: timed(positionUse(path.q_rad, limits)),
    speed: timed(largestUse(d.qd, limits.jointSpeed_radps)),
    acceleration: timed(largestUse(d.qdd, limits.jointAcceleration_radps2)),
    jerk: timed(largestUse(d.qddd, limits.jointJerk_radps3)),
  };
  for (const quantity of ["position", "speed", "acceleration", "jerk"] as const) {
    const { joint, atS, value, limit } = uses[quantity];
    if (value > limit)
      return refuse({ kind: "joint-limit", quantity, joint, atS, needs: value, limit, places: [atS] });
  }
  const figures = worstFigures(path, d, context);
  if (figures.tcpSpeed.maxMps > limits.tcpSpeedMps)
    return refuse({
      kind: "tcp-too-fast",
      atS: figures.tcpSpeed.atS,
      places: [figures.tcpSpeed.atS],
      needsMps: figures.tcpSpeed.maxMps,
      limitMps: limits.tcpSpeedMps,
    });
  const { minSigma, limitSigma, atS } = figures.singularity;
  if (minSigma < limitSigma)
    return refuse({ kind: "near-singularity", atS, sigma: minSigma, limit: limitSigma, places: [atS] });
  const { clearance, places } = pathClearance(path, d, context);
  if (clearance.minM < clearance.requiredM)
    return refuse({
      kind: "too-close",
      pair: clearance.pair,
      atS: clearance.atS,
      clearanceM: clearance.minM,
      requiredM: clearance.requiredM,
      places,
    });
  return ok({
    jointPosition: uses.position,
    jointSpeed: uses.speed,
    jointAcceleration: uses.acceleration,
    jointJerk: uses.jerk,
    ...figures,
    clearance,
  });
}

function worstFigures(path: SampledPath, d: Derivatives, { instrument, limits }: CheckContext) {
  let tcpSpeed = { maxMps: 0, limitMps: limits.tcpSpeedMps, atS: 0 };
  let elbow = { minElbow_rad: Infinity, elbowAtS: 0 };
  const timeS = (sample: number): number => path.startS + sample * path.sampleS;
  for (let sample = 0; sample < path.q_rad.length / 6; sample += FIGURES_EVERY) {
    const handMps = handSpeedMps(instrument, path.q_rad, d, sample);
    if (handMps > tcpSpeed.maxMps) tcpSpeed = { ...tcpSpeed, maxMps: handMps, atS: timeS(sample) };
    const elbow_rad = Math.abs(path.q_rad[sample * 6 + 2]!);
    if (elbow_rad < elbow.minElbow_rad) elbow = { minElbow_rad: elbow_rad, elbowAtS: timeS(sample) };
  }
  const { sigma, sample } = smallestSigma(instrument, path.q_rad, FIGURES_EVERY);
  const singularity = { minSigma: sigma, limitSigma: limits.minSigma, atS: timeS(sample), ...elbow };
  return { tcpSpeed, singularity };
}

/**
 * Smallest clearance over the whole path, proven between samples too: each sweep covers the quintic spline between two
 * knots, which is what the controller runs. Where it is tightest, both the distance and what is proven are told.
 */
function pathClearance(
  path: SampledPath,
  d: Derivatives,
  { clearance, limits, settings }: CheckContext,
): { readonly clearance: Margins["clearance"]; readonly places: readonly number[] } {
  const every = Math.round(settings.knotS / path.sampleS);
  const last = path.q_rad.length / 6 - 1;
  const knotAt = (sample: number) => ({
    q_rad: jointsAt(path.q_rad, sample),
    qd_radps: jointsAt(d.qd, sample),
    qdd_radps2: jointsAt(d.qdd, sample),
  });
  let proven = { lowerBoundM: Infinity, allowanceM: 0, pair: NOBODY, sample: 0 };
  let nearest = { minM: Infinity, allowanceM: 0, pair: NOBODY, sample: 0 };
  /** The tightest of each run of sweeps that are not clear. */
  const runs: { lowerBoundM: number; sample: number; until: number }[] = [];
  let ahead = knotAt(0);
  for (let from = 0; from < last; from += every) {
    const to = Math.min(from + every, last);
    const durationS = (to - from) * path.sampleS;
    const knot = ahead;
    ahead = knotAt(to);
    const swept = clearance.sweepSpline(knot, ahead, durationS, nearest.minM);
    if (swept.lowerBoundM < proven.lowerBoundM) proven = { ...swept, sample: from };
    if (swept.lowerBoundM < limits.clearanceM) {
      const run = runs.at(-1);
      const here = { lowerBoundM: swept.lowerBoundM, sample: from, until: to };
      if (run?.until !== from) runs.push(here);
      else runs[runs.length - 1] = here.lowerBoundM < run.lowerBoundM ? here : { ...run, until: to };
    }
    // No knot comes nearer than its sweep is proven to: most need no look of their own.
    if (swept.lowerBoundM >= nearest.minM) continue;
    const here = clearance.clearanceAt(knot.q_rad, nearest.minM);
    if (here.minM < nearest.minM) nearest = { ...here, sample: from };
  }
  const broken = proven.lowerBoundM < limits.clearanceM;
  const { allowanceM, pair, sample } = broken ? proven : nearest;
  const timeS = (of: number): number => path.startS + of * path.sampleS;
  return {
    clearance: {
      minM: (broken ? proven.lowerBoundM : nearest.minM) - allowanceM,
      requiredM: limits.clearanceM - allowanceM,
      pair,
      atS: timeS(sample),
    },
    places: runs.map((run) => timeS(run.sample)),
  };
}
