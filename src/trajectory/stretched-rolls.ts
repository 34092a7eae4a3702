import { wishedS, type Crossing } from "./crossing.ts";
import { derivatives } from "./derivatives.ts";
import type { SampledPath, MusicContext } from "./plan-trajectory.ts";
import { handSpeedMps } from "./measure-path.ts";
import { AS_WISHED, type Paces, type RollTiming, type RollTimings } from "./roll-timing.ts";

/** Aim a little inside the limit, nearer where parts are evened out, and never jump too far in one round. */
const AIM = 1.02;
const EVENED_AIM = 1.003;
const LARGEST_STEP = 1.6;
const SMALLEST_STEP = 0.75;

/** No part of a roll goes slower or faster than this times its average [-]. @assumed */
const PACE = { least: 0.5, most: 1.7 };
/** Power of what a part asks by which its pace changes in a round: a pace is felt beyond its part [-]. @assumed settles in few rounds */
const PACING = 0.7;
/** Samples at the ends that `excessIn` leaves out. */
const ENDS = 2;

/**
 * Rolls that ask too much of a joint, made longer: by the speed's excess, the root of the acceleration's and the cube
 * root of the jerk's, as time scaling has it. A hop goes slower in parts that ask more; so does a roll over no string that the notes
 * around it give no more time.
 *
 * @param crossings those to look at
 * @param timings of all rolls by now
 * @param shorter stretched rolls that ask little by now are made shorter again: a posture found later may suit them better
 * @returns `timings` itself where none changes
 */
export function stretchedRolls(
  crossings: readonly Crossing[],
  timings: RollTimings,
  path: SampledPath,
  context: MusicContext,
  shorter: boolean,
): RollTimings {
  const changed = new Map<number, RollTiming>();
  for (const crossing of crossings) {
    const most = excessIn(crossing, path, context, context.settings.crossingLimitShare);
    const timing = timings.get(crossing.to) ?? AS_WISHED;
    const { stretch: now } = timing;
    const granted = (crossing.endS - crossing.startS) / wishedS(crossing, context.settings);
    const { aim, paces } =
      crossing.hop || (!crossing.lift && granted < now - 1e-9)
        ? evenedRoll(crossing, most, path, context, shorter)
        : { aim: AIM * most, paces: crossing.timing.paces };
    const timed = (stretch: number): void => void changed.set(crossing.to, { ...timing, stretch, paces });
    if (most > 1) timed(now * Math.min(aim, LARGEST_STEP));
    else if (shorter && now > 1 && aim < 1) {
      timed(Math.max(1, granted * Math.max(aim, SMALLEST_STEP)));
    }
  }
  return changed.size === 0 ? timings : new Map([...timings, ...changed]);
}

/** A roll whose parts are evened out: its paces, and how much longer it should take. @param most that any part asks */
function evenedRoll(
  crossing: Crossing,
  most: number,
  path: SampledPath,
  context: MusicContext,
  shorter: boolean,
): { readonly aim: number; readonly paces: Paces } {
  const parts = excessInParts(crossing, path, context);
  // Once its parts ask the same, a roll asks about what they ask on average.
  const excess = shorter ? Math.sqrt(most * mean(parts)) : most;
  return { aim: EVENED_AIM * excess, paces: evened(crossing.timing.paces, parts) };
}

/** Paces under which all parts of a roll should ask the same, going by what they ask now. */
function evened(paces: Paces, asked: readonly number[]): Paces {
  const average = mean(asked);
  const wanted = paces.map((pace, part) =>
    Math.min(PACE.most, Math.max(PACE.least, pace * (average / asked[part]!) ** PACING)),
  );
  return wanted.map((pace) => pace / mean(wanted));
}

function excessInParts(crossing: Crossing, path: SampledPath, context: MusicContext): readonly number[] {
  const { startS, endS, timing } = crossing;
  const aroundS = ENDS * path.sampleS;
  const timeS = (part: number): number => startS + ((endS - startS) * part) / timing.paces.length;
  return timing.paces.map((_, part) => {
    const window = { startS: timeS(part) - aroundS, endS: timeS(part + 1) + aroundS };
    return excessIn({ ...crossing, ...window }, path, context, context.settings.crossingLimitShare);
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Factor by which a roll's time must grow to keep to a share of every limit; ≤ 1 = it fits. */
export function excessIn(
  { startS, endS }: Pick<Crossing, "startS" | "endS">,
  path: SampledPath,
  { instrument, limits }: MusicContext,
  share: number,
): number {
  const last = path.q_rad.length / 6 - 1;
  const sampleAt = (scoreS: number): number =>
    Math.min(Math.max((scoreS - path.startS) / path.sampleS, 0), last);
  const [from, to] = [Math.floor(sampleAt(startS)), Math.ceil(sampleAt(endS))];
  const q_rad = path.q_rad.subarray(from * 6, (to + 1) * 6);
  const d = derivatives(q_rad, path.sampleS);
  let excess = 0;
  // Differences reach over two samples: at the ends of the roll they would see an arm that stands still.
  for (let sample = ENDS; sample <= to - from - ENDS; sample++) {
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
