import { wishedS, type Crossing } from "./crossing.ts";
import { derivatives } from "./derivatives.ts";
import type { SampledPath, MusicContext } from "./plan-trajectory.ts";
import { handSpeedMps } from "./measure-path.ts";
import { AS_WISHED, type RollTimings } from "./roll-timing.ts";

/** Aim a little inside the limit, and never jump too far in one round. */
const AIM = 1.02;
const LARGEST_STEP = 1.6;
const SMALLEST_STEP = 0.75;

/** A hop's clock gains or loses no more speed than this over its time [-]. @assumed */
const MOST_HASTE = 0.4;

/**
 * Rolls that ask too much of a joint, made longer: by the speed's excess, the root of the acceleration's and the cube
 * root of the jerk's, as time scaling has it. A hop, which may take the time it needs, goes slower in the half that asks more.
 *
 * @param crossings those to look at
 * @param timings of all rolls by now
 * @param shorter whether stretched rolls that ask little by now are made shorter again: a posture found later may suit them better
 */
export function stretchedRolls(
  crossings: readonly Crossing[],
  timings: RollTimings,
  path: SampledPath,
  context: MusicContext,
  shorter: boolean,
): RollTimings {
  const changed = new Map(timings);
  for (const crossing of crossings) {
    const excess = excessIn(crossing, path, context, context.settings.crossingLimitShare);
    const { stretch: now } = timings.get(crossing.to) ?? AS_WISHED;
    const timed = (stretch: number): void =>
      void changed.set(crossing.to, { stretch, haste: evenedHaste(crossing, path, context) });
    if (excess > 1) timed(now * Math.min(excess * AIM, LARGEST_STEP));
    else if (shorter && now > 1 && excess * AIM < 1) {
      const granted = (crossing.endS - crossing.startS) / wishedS(crossing, context.settings);
      timed(Math.max(1, granted * Math.max(excess * AIM, SMALLEST_STEP)));
    }
  }
  return changed;
}

/** The haste under which both halves of a hop should ask the same, going by what they ask now. */
function evenedHaste(crossing: Crossing, path: SampledPath, context: MusicContext): number {
  if (!crossing.hop) return 0;
  const middleS = (crossing.startS + crossing.endS) / 2;
  const share = context.settings.crossingLimitShare;
  const first = excessIn({ ...crossing, endS: middleS }, path, context, share);
  const second = excessIn({ ...crossing, startS: middleS }, path, context, share);
  const haste = crossing.haste + (first - second) / (first + second);
  return Math.min(MOST_HASTE, Math.max(-MOST_HASTE, haste));
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
