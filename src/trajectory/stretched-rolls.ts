import type { Crossing } from "./crossing.ts";
import { derivatives, type Derivatives } from "./derivatives.ts";
import type { SampledPath, TrajectoryContext } from "./plan-trajectory.ts";
import { sampleFigures } from "./measure-path.ts";

/** Aim a little inside the limit, and never jump too far in one round. */
const AIM = 1.04;
const LARGEST_STEP = 1.6;

/**
 * Rolls that ask too much of a joint, made longer: by the speed's excess, the root of the acceleration's and the cube
 * root of the jerk's, as time scaling has it.
 *
 * @returns undefined when no roll needs more time
 */
export function stretchedRolls(
  crossings: readonly Crossing[],
  stretch: ReadonlyMap<number, number>,
  path: SampledPath,
  context: TrajectoryContext,
): ReadonlyMap<number, number> | undefined {
  const d = derivatives(path.q_rad, path.sampleS);
  const longer = new Map(stretch);
  for (const crossing of crossings) {
    const excess = excessIn(crossing, path, d, context);
    if (excess > 1)
      longer.set(crossing.to, (stretch.get(crossing.to) ?? 1) * Math.min(excess * AIM, LARGEST_STEP));
  }
  return [...longer].some(([to, s]) => s !== stretch.get(to)) ? longer : undefined;
}

/** Factor by which the roll's time must grow; ≤ 1 = it fits. */
function excessIn(
  crossing: Crossing,
  path: SampledPath,
  d: Derivatives,
  { instrument, limits, settings }: TrajectoryContext,
): number {
  const sampleAt = (scoreS: number): number => Math.round((scoreS - path.startS) / path.sampleS);
  const last = path.q_rad.length / 6 - 1;
  const [from, to] = [Math.max(sampleAt(crossing.startS), 0), Math.min(sampleAt(crossing.endS), last)];
  let excess = 0;
  for (let sample = from; sample <= to; sample++) {
    for (let j = 0; j < 6; j++) {
      const k = sample * 6 + j;
      excess = Math.max(
        excess,
        Math.abs(d.qd[k]!) / limits.jointSpeed_radps[j]!,
        Math.sqrt(Math.abs(d.qdd[k]!) / limits.jointAcceleration_radps2[j]!),
        Math.cbrt(Math.abs(d.qddd[k]!) / limits.jointJerk_radps3[j]!),
      );
    }
    if ((sample - from) % 10 === 0)
      excess = Math.max(
        excess,
        sampleFigures(instrument, path.q_rad, d, sample).tcpSpeedMps / limits.tcpSpeedMps,
      );
  }
  return excess / settings.crossingLimitShare;
}
