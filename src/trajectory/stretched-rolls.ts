import { wishedS, type Crossing } from "./crossing.ts";
import { derivatives } from "./derivatives.ts";
import type { SampledPath, MusicContext } from "./plan-trajectory.ts";
import { handSpeedMps } from "./measure-path.ts";

/** Aim a little inside the limit, and never jump too far in one round. */
const AIM = 1.04;
const LARGEST_STEP = 1.6;
const SMALLEST_STEP = 0.75;

/**
 * Rolls that ask too much of a joint, made longer: by the speed's excess, the root of the acceleration's and the cube
 * root of the jerk's, as time scaling has it.
 *
 * @param crossings those to look at
 * @param stretch what all rolls are stretched by now, by the index of their note
 * @param shorter whether stretched rolls that ask little by now are made shorter again: a posture found later may suit them better
 */
export function stretchedRolls(
  crossings: readonly Crossing[],
  stretch: ReadonlyMap<number, number>,
  path: SampledPath,
  context: MusicContext,
  shorter: boolean,
): ReadonlyMap<number, number> {
  const changed = new Map(stretch);
  for (const crossing of crossings) {
    const excess = excessIn(crossing, path, context, context.settings.crossingLimitShare);
    const now = stretch.get(crossing.to) ?? 1;
    if (excess > 1) changed.set(crossing.to, now * Math.min(excess * AIM, LARGEST_STEP));
    else if (shorter && now > 1 && excess * AIM < 1) {
      const granted = (crossing.endS - crossing.startS) / wishedS(crossing, context.settings);
      changed.set(crossing.to, Math.max(1, granted * Math.max(excess * AIM, SMALLEST_STEP)));
    }
  }
  return changed;
}

/** Factor by which a roll's time must grow to keep to a share of every limit; ≤ 1 = it fits. */
export function excessIn(
  crossing: Crossing,
  path: SampledPath,
  { instrument, limits }: MusicContext,
  share: number,
): number {
  const last = path.q_rad.length / 6 - 1;
  const sampleAt = (scoreS: number): number =>
    Math.min(Math.max((scoreS - path.startS) / path.sampleS, 0), last);
  const [from, to] = [Math.floor(sampleAt(crossing.startS)), Math.ceil(sampleAt(crossing.endS))];
  const q_rad = path.q_rad.subarray(from * 6, (to + 1) * 6);
  const d = derivatives(q_rad, path.sampleS);
  let excess = 0;
  // Differences reach over two samples: at the ends of the roll they would see an arm that stands still.
  for (let sample = 2; sample <= to - from - 2; sample++) {
    for (let j = 0; j < 6; j++) {
      const k = sample * 6 + j;
      excess = Math.max(
        excess,
        Math.abs(d.qd[k]!) / (share * limits.jointSpeed_radps[j]!),
        Math.sqrt(Math.abs(d.qdd[k]!) / (share * limits.jointAcceleration_radps2[j]!)),
        Math.cbrt(Math.abs(d.qddd[k]!) / (share * limits.jointJerk_radps3[j]!)),
      );
    }
    if (sample % 10 === 0)
      excess = Math.max(excess, handSpeedMps(instrument, q_rad, d, sample) / (share * limits.tcpSpeedMps));
  }
  return excess;
}
