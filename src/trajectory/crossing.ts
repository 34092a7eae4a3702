import type { BowPlan, Lift } from "../bowing/bow-plan.ts";
import { cruiseStep } from "../math/cruise-step.ts";
import { firstWhere } from "../math/first-where.ts";
import { isPairNumber } from "../score/bow-level.ts";
import { carriedOver, pressedShare, raised, type HopShape } from "./hop.ts";
import { AS_WISHED, type RollTiming, type RollTimings } from "./roll-timing.ts";
import type { RollWay } from "./roll-ways.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";
import { turnClock, type TurnClock } from "./turn-clock.ts";

/** The bow rolls from one string to another. Times are score seconds. */
export interface Crossing extends RollWay {
  readonly startS: number;
  readonly endS: number;
  readonly timing: RollTiming;
  readonly clock: TurnClock;
}

/**
 * When the bow rolls between strings: centred on the onset of the new note, or so much before it as the roll leads, inside the notes
 * and rests around it.
 *
 * Somewhere half-way through a roll over neighbouring strings the hair lies on both alike; that moment is the onset. A roll over a
 * string in between hops; its landing is the onset.
 *
 * @param timings how much longer than `settings.crossingS` each roll wants to be; the notes and rests around it bound what it gets
 * @param before crossings of the same ways: one stays as it is where its timing, that of the next, and the end of the one before are the same
 */
export function planCrossings(
  plan: BowPlan,
  ways: readonly RollWay[],
  settings: TrajectorySettings,
  timings: RollTimings,
  before: readonly Crossing[] = [],
): readonly Crossing[] {
  const crossings: Crossing[] = [];
  const timed = ways.map((way, i) => timedWay(way, timings, before[i]));
  timed.forEach((way, i) => {
    const freeFromS = crossings.at(-1)?.endS ?? -Infinity;
    const [was, next] = [before[i], timed[i + 1]];
    const isAsBefore = was?.timing === way.timing && freeFromS === (before[i - 1]?.endS ?? -Infinity);
    if (isAsBefore && before[i + 1]?.timing === next?.timing) {
      crossings.push(was);
      return;
    }
    const window = way.lift ? inLift(way.lift) : onStrings(way, next, freeFromS, plan, settings);
    crossings.push({ ...way, ...window });
  });
  return crossings;
}

type TimedWay = Omit<Crossing, "startS" | "endS">;

function timedWay(way: RollWay, timings: RollTimings, was: TimedWay | undefined): TimedWay {
  const timing = timings.get(way.to) ?? AS_WISHED;
  return was?.timing === timing ? was : { ...way, timing, clock: turnClock(timing.paces) };
}

/** Time for a way over some strings, where joints and notes allow it; half a string takes the root of a half [s]. */
export function wishedS(
  { fromLevel, toLevel }: Pick<Crossing, "fromLevel" | "toLevel">,
  { crossingS }: TrajectorySettings,
): number {
  const steps = Math.abs(toLevel - fromLevel);
  if (steps < 1) return Math.sqrt(steps) * crossingS[0];
  const [below, above] = [crossingS[Math.floor(steps) - 1]!, crossingS[Math.ceil(steps) - 1]!];
  return below + (steps % 1) * (above - below);
}

const inLift = (lift: Lift): { startS: number; endS: number } => {
  const length = lift.endS - lift.startS;
  return { startS: lift.startS + 0.1 * length, endS: lift.endS - 0.1 * length };
};

function onStrings(
  way: TimedWay,
  next: TimedWay | undefined,
  freeFromS: number,
  plan: BowPlan,
  settings: TrajectorySettings,
) {
  const { to, meets, clock, timing } = way;
  const [before, after] = [plan.notes[to - 1]!, plan.notes[to]!];
  const gapS = after.startS - before.endS;
  const shareBefore = settings.crossingShare.most;
  const shareAfter = sharedAfter(way, next, plan, settings);
  // The shape of the turn depends on its length: room enough for either shape.
  const [early, late] = [0, LONG_ROLL_S]
    .map((lengthS) => whenTurned(meets, lengthS, clock))
    .sort((a, b) => a - b) as [number, number];
  const leadS = timing.leadS;
  const reachedS = after.startS - leadS;
  const earliestS = Math.max(freeFromS, before.endS - leadS - shareBefore * (before.endS - before.startS));
  const room = Math.min(
    (reachedS - earliestS) / late,
    (shareAfter * onStringS(way, next, plan)) / (1 - early),
  );
  const lengthS = Math.min(wishedS(way, settings) * timing.stretch, Math.max(room, 0));
  const landsAt = whenTurned(meets, lengthS, clock);
  // With a rest before the note, the roll ends as far before the onset as the rest allows, and is over by the onset.
  const endS = reachedS + Math.max(0, (1 - landsAt) * lengthS - gapS);
  return { startS: endS - lengthS, endS };
}

/** From the moment a roll has reached its note's string to the moment the next roll reaches the next, or to the note's end [s]. */
function onStringS({ to, timing }: TimedWay, next: TimedWay | undefined, { notes }: BowPlan): number {
  const { startS, endS } = notes[to]!;
  const nextLeadS = next?.to === to + 1 ? next.timing.leadS : 0;
  return endS - nextLeadS - (startS - timing.leadS);
}

/** Share of the time on a roll's new string that it may take: where another roll follows that note, what both want in proportion, within bounds. */
function sharedAfter(
  way: TimedWay,
  next: TimedWay | undefined,
  plan: BowPlan,
  settings: TrajectorySettings,
): number {
  const { shared, most } = settings.crossingShare;
  if (next?.to !== way.to + 1 || next.lift) return most;
  const least = 1 - shared;
  const gapS = plan.notes[next.to]!.startS - plan.notes[way.to]!.endS;
  const lengthS = onStringS(way, next, plan);
  const wanted = partsS(way, settings).afterS;
  const wantedByNext = Math.max(0, partsS(next, settings).beforeS - gapS);
  const free = (lengthS - wantedByNext) / lengthS;
  const fair = Math.min(shared, wanted / (wanted + wantedByNext));
  return Math.min(most, Math.max(least, free, fair));
}

/** How long a roll wants to be before its string is reached and after it. */
function partsS(way: TimedWay, settings: TrajectorySettings) {
  const lengthS = wishedS(way, settings) * way.timing.stretch;
  const beforeS = lengthS * whenTurned(way.meets, lengthS, way.clock);
  return { beforeS, afterS: lengthS - beforeS };
}

/** Share of the turn from the old string to the new, 0..1, at rest at both ends. */
export function turned({ startS, endS, clock }: Crossing, scoreS: number): number {
  const x = (scoreS - startS) / (endS - startS);
  return turnShape(Math.min(1, Math.max(0, x)), endS - startS, clock);
}

const turnShape = (x: number, lengthS: number, clock: TurnClock): number =>
  cruiseStep(clock(x), lengthS < LONG_ROLL_S ? RAMP.short : RAMP.long);

/** Share of a roll's time at which a share of its turn is done. */
const whenTurned = (share: number, lengthS: number, clock: TurnClock): number =>
  firstWhere((x) => turnShape(x, lengthS, clock) >= share, [0, 1]);

/**
 * Share of a roll that each of its ramps takes. Short rolls are bounded by joint acceleration, rolls this long by joint
 * speed. @assumed
 */
const RAMP = { short: 0.42, long: 0.3 };
const LONG_ROLL_S = 0.34;

/** Share of the way of the contact point from the old string to the new. In a hop it moves only while in the air. */
export function shifted(crossing: Crossing, scoreS: number): number {
  const x = turned(crossing, scoreS);
  return crossing.hop ? carriedOver(crossing.hop, x) : x;
}

/** Over the middle of a roll to or from two strings: 0 at both ends, 1 half-way. */
export function rollRise(crossing: Crossing, scoreS: number): number {
  const x = shifted(crossing, scoreS);
  return 4 * x * (1 - x);
}

/**
 * Bell over the middle of a roll: 0 at both ends, 1 half-way; 0 throughout in a hop, which lifts instead, and where two strings are
 * to sound together.
 */
export function rollBell(crossing: Crossing, scoreS: number): number {
  if (crossing.hop || isPairNumber(crossing.fromLevel) || isPairNumber(crossing.toLevel)) return 0;
  const x = turned(crossing, scoreS);
  return 16 * x * x * (1 - x) * (1 - x);
}

/** How high the hair is in a hop [m], and how far it is pressed in as a share of what it is on its string, 0..1. */
export function hopAt(crossing: Crossing, hop: HopShape, scoreS: number) {
  const x = turned(crossing, scoreS);
  return { upM: hop.heightM * raised(hop, x), pressed: pressedShare(hop, x) };
}
