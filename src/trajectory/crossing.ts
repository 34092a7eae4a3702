import { levelOf, type BowedNote, type BowPlan, type Lift } from "../bowing/bow-plan.ts";
import { pressedFor } from "../instrument/double-press.ts";
import { cruiseStep } from "../math/cruise-step.ts";
import { firstWhere } from "../math/first-where.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { isPairNumber, levelNumber } from "../score/bow-level.ts";
import { doubleStopShare } from "./double-stop.ts";
import { carriedOver, hopShape, meetsString, offString, type HopShape } from "./hop.ts";
import { hopEnd } from "./hop-end.ts";
import { hairOverStrings } from "./hair-over-strings.ts";
import { noteLeans } from "./note-leans.ts";
import { pairMeets, pairMetInHop } from "./pair-meets.ts";
import { forcesOf } from "./pressing.ts";
import { AS_WISHED, hastened, type RollTimings } from "./roll-timing.ts";
import { rollRiseM, standOutM, stringsHopped } from "./strings-between.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** The bow rolls from one string to another. Times are score seconds. */
export interface Crossing {
  /** Index in `BowPlan.notes` of the note it leads to. */
  readonly to: number;
  /** Levels of the bow, 0 = C … 3 = A, two strings half-way between them. */
  readonly fromLevel: number;
  readonly toLevel: number;
  readonly startS: number;
  readonly endS: number;
  /** In the air, inside a lift. */
  readonly lifted: boolean;
  /** Over strings in between, on the strings: off the old one, across, and down on the new one. */
  readonly hop: HopShape | undefined;
  /** On the strings, to or from two of them: how high the contact point rises over its straight way, at its middle [m]; else 0. */
  readonly riseM: number;
  /** See `RollTiming`. */
  readonly haste: number;
  /** Inclination of the bow off the middle of the old string's window as the roll begins, and of the new one's as it ends [rad]. */
  readonly fromLean_rad: number;
  readonly toLean_rad: number;
}

/**
 * When the bow rolls between strings: centred on the onset of the new note, inside the notes and rests around it.
 *
 * Somewhere half-way through a roll over neighbouring strings the hair lies on both alike; that moment is the onset. A roll over a
 * string in between hops; its landing is the onset.
 *
 * @param timings how much longer than `settings.crossingS` each roll wants to be; the notes and rests around it bound what it gets
 */
export function planCrossings(
  plan: BowPlan,
  settings: TrajectorySettings,
  timings: RollTimings,
  instrument: Instrument,
): readonly Crossing[] {
  const crossings: Crossing[] = [];
  const leans = noteLeans(plan, settings);
  for (let to = 1; to < plan.notes.length; to++) {
    const [before, after] = [plan.notes[to - 1]!, plan.notes[to]!];
    const [fromLevel, toLevel] = [levelNumber(levelOf(before)), levelNumber(levelOf(after))];
    if (fromLevel === toLevel) continue;
    const lift = plan.lifts.find((l) => l.before === to);
    const { stretch, haste } = timings.get(to) ?? AS_WISHED;
    const wishS = wishedS({ fromLevel, toLevel }, settings) * stretch;
    const lean = { fromLean_rad: leans[to - 1]!, toLean_rad: leans[to]! };
    const way = { to, fromLevel, toLevel, haste, ...lean };
    if (lift) {
      crossings.push({ ...way, ...inLift(lift), lifted: true, hop: undefined, riseM: 0 });
      continue;
    }
    const hop = hopOver(way, before, after, instrument, settings);
    const onPair = before.lower !== undefined || after.lower !== undefined;
    const meets = hop
      ? metInHop(hop, before, after, instrument)
      : onPair
        ? pairMeets(before, after, instrument)
        : doubleStopShare(instrument, fromLevel, toLevel, lean);
    const riseM = onPair && !hop ? rollRiseM(way, after.contactM, instrument) : 0;
    const alone = { before: !crosses(plan, to - 1), after: !crosses(plan, to + 1) };
    const freeFromS = crossings.at(-1)?.endS ?? -Infinity;
    const window = onStrings(
      { before, after, wishS, haste, alone, freeFromS, meets, hops: hop !== undefined },
      settings,
    );
    crossings.push({ ...way, ...window, lifted: false, hop, riseM });
  }
  return crossings;
}

function hopOver(
  way: Pick<Crossing, "fromLevel" | "toLevel" | "fromLean_rad" | "toLean_rad">,
  before: BowedNote,
  after: BowedNote,
  instrument: Instrument,
  { hopM }: TrajectorySettings,
): HopShape | undefined {
  const hopped = stringsHopped(way);
  if (hopped.length === 0) return undefined;
  const [first, last] =
    way.fromLevel < way.toLevel ? [hopped[0]!, hopped.at(-1)!] : [hopped.at(-1)!, hopped[0]!];
  const from = hopEnd(before, before.bowEndM, first, instrument);
  const to = hopEnd(after, after.bowStartM, last, instrument);
  const heightM = hopM + standOutM(way, hopped, after.contactM, instrument);
  return hopShape(
    Math.abs(way.toLevel - way.fromLevel),
    { from, to, heightM },
    hairOverStrings(way, after.contactM, instrument),
  );
}

/** Share of a hop's turn at which it has met every string of its note. */
function metInHop(hop: HopShape, before: BowedNote, after: BowedNote, instrument: Instrument): number {
  const at = { bowM: after.bowStartM, contactM: after.contactM };
  const { depthM } = pressedFor(instrument, levelOf(after), forcesOf(after), at);
  return after.lower ? pairMetInHop(hop, before, after, depthM, instrument) : meetsString(hop, depthM);
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

/** Whether the bow changes strings to get to a note. */
const crosses = ({ notes }: BowPlan, to: number): boolean =>
  notes[to] !== undefined && notes[to - 1] !== undefined && levelOf(notes[to]) !== levelOf(notes[to - 1]!);

const inLift = (lift: Lift): { startS: number; endS: number } => {
  const length = lift.endS - lift.startS;
  return { startS: lift.startS + 0.1 * length, endS: lift.endS - 0.1 * length };
};

function onStrings(
  at: {
    before: BowedNote;
    after: BowedNote;
    wishS: number;
    haste: number;
    freeFromS: number;
    meets: number;
    hops: boolean;
    /** No other crossing takes its part of the note. */
    alone: { readonly before: boolean; readonly after: boolean };
  },
  settings: TrajectorySettings,
) {
  const { before, after, wishS, haste, meets, alone } = at;
  const gapS = after.startS - before.endS;
  const { crossingShare } = settings;
  const shared = at.hops ? settings.hopShareBefore : crossingShare.before;
  const shareBefore = alone.before ? Math.max(shared, crossingShare.alone) : shared;
  const shareAfter = alone.after ? Math.max(crossingShare.after, crossingShare.alone) : crossingShare.after;
  // The shape of the turn depends on its length: room enough for either shape.
  const [early, late] = [0, LONG_ROLL_S]
    .map((lengthS) => whenTurned(meets, lengthS, haste))
    .sort((a, b) => a - b) as [number, number];
  const earliestS = Math.max(at.freeFromS, before.endS - shareBefore * (before.endS - before.startS));
  const room = Math.min(
    (after.startS - earliestS) / late,
    (shareAfter * (after.endS - after.startS)) / (1 - early),
  );
  const lengthS = Math.min(wishS, Math.max(room, 0));
  const landsAt = whenTurned(meets, lengthS, haste);
  // With a rest before the note, the roll ends as far before the onset as the rest allows, and is over by the onset.
  const endS = after.startS + Math.max(0, (1 - landsAt) * lengthS - gapS);
  return { startS: endS - lengthS, endS };
}

/** Share of the turn from the old string to the new, 0..1, at rest at both ends. */
export function turned({ startS, endS, haste }: Crossing, scoreS: number): number {
  const x = (scoreS - startS) / (endS - startS);
  return turnShape(Math.min(1, Math.max(0, x)), endS - startS, haste);
}

const turnShape = (x: number, lengthS: number, haste: number): number =>
  cruiseStep(hastened(x, haste), lengthS < LONG_ROLL_S ? RAMP.short : RAMP.long);

/** Share of a roll's time at which a share of its turn is done. */
const whenTurned = (share: number, lengthS: number, haste: number): number =>
  firstWhere((x) => turnShape(x, lengthS, haste) >= share, [0, 1]);

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

/** How far the hair is off the strings in a hop, 0..1: up, across, down. */
export const hopShare = (crossing: Crossing, scoreS: number): number =>
  crossing.hop ? offString(crossing.hop, turned(crossing, scoreS)) : 0;
