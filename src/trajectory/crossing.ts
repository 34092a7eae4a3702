import type { BowedNote, BowPlan, Lift } from "../bowing/bow-plan.ts";
import { contactStiffnessNpm } from "../instrument/contact-stiffness.ts";
import { neighbourGap } from "../instrument/neighbour-gap.ts";
import { cruiseStep } from "../math/cruise-step.ts";
import { addScaled, dot, lerp, sub, type Vec3 } from "../math/vec.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES } from "../score/score.ts";
import { doubleStopShare } from "./double-stop.ts";
import { carriedOver, hopShape, meetsString, offString, type HopEnd, type HopShape } from "./hop.ts";
import { hairOverStrings } from "./hair-over-strings.ts";
import { noteLeans } from "./note-leans.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** The bow rolls from one string to another. Times are score seconds. */
export interface Crossing {
  /** Index in `BowPlan.notes` of the note it leads to. */
  readonly to: number;
  /** String numbers, 0 = C … 3 = A. */
  readonly fromString: number;
  readonly toString: number;
  readonly startS: number;
  readonly endS: number;
  /** In the air, inside a lift. */
  readonly lifted: boolean;
  /** Over strings in between, on the strings: off the old one, across, and down on the new one. */
  readonly hop: HopShape | undefined;
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
 * @param stretch how much longer than `settings.crossingS` each roll wants to be, by the index of its note; the notes
 *   and rests around it bound what it gets
 */
export function planCrossings(
  plan: BowPlan,
  settings: TrajectorySettings,
  stretch: ReadonlyMap<number, number>,
  instrument: Instrument,
): readonly Crossing[] {
  const crossings: Crossing[] = [];
  const leans = noteLeans(plan, settings);
  for (let to = 1; to < plan.notes.length; to++) {
    const [before, after] = [plan.notes[to - 1]!, plan.notes[to]!];
    const [fromString, toString] = [STRING_NAMES.indexOf(before.string), STRING_NAMES.indexOf(after.string)];
    if (fromString === toString) continue;
    const lift = plan.lifts.find((l) => l.before === to);
    const wishS = settings.crossingS[Math.abs(toString - fromString) - 1]! * (stretch.get(to) ?? 1);
    const lean = { fromLean_rad: leans[to - 1]!, toLean_rad: leans[to]! };
    const way = { to, fromString, toString, ...lean };
    if (lift) {
      crossings.push({ ...way, ...inLift(lift), lifted: true, hop: undefined });
      continue;
    }
    const hop = hopOver(way, before, after, instrument, settings);
    const meets = hop
      ? meetsString(hop, pressedM(after, after.bowStartM, instrument))
      : doubleStopShare(instrument, fromString, toString, lean);
    const alone = { before: !crosses(plan, to - 1), after: !crosses(plan, to + 1) };
    const freeFromS = crossings.at(-1)?.endS ?? -Infinity;
    const window = onStrings({ before, after, wishS, alone, freeFromS, meets }, settings);
    crossings.push({ ...way, ...window, lifted: false, hop });
  }
  return crossings;
}

function hopOver(
  way: Pick<Crossing, "fromString" | "toString" | "fromLean_rad" | "toLean_rad">,
  before: BowedNote,
  after: BowedNote,
  instrument: Instrument,
  { hopM }: TrajectorySettings,
): HopShape | undefined {
  const strings = Math.abs(way.toString - way.fromString);
  if (strings < 2) return undefined;
  const step = Math.sign(way.toString - way.fromString);
  const from = hopEnd(before, before.bowEndM, way.fromString + step, instrument);
  const to = hopEnd(after, after.bowStartM, way.toString - step, instrument);
  const heightM = hopM + sagittaM(way, after.contactM, instrument);
  return hopShape(strings, { from, to, heightM }, hairOverStrings(way, after.contactM, instrument));
}

/** A note's bow at a hop's end. @param neighbour number of the string beside it, on the hop's way */
const hopEnd = (note: BowedNote, bowM: number, neighbour: number, instrument: Instrument): HopEnd => ({
  forceN: note.forceN,
  pressedM: pressedM(note, bowM, instrument),
  ...neighbourGap(instrument, note.string, STRING_NAMES[neighbour]!, { bowM, contactM: note.contactM }),
});

/** How far the strings in between stand out from the straight line between the two contact points [m]. */
function sagittaM(
  { fromString, toString }: Pick<Crossing, "fromString" | "toString">,
  contactM: number,
  { strings }: Instrument,
): number {
  const [low, high] = [Math.min(fromString, toString), Math.max(fromString, toString)];
  const point = (i: number): Vec3 => {
    const line = strings[STRING_NAMES[i]!];
    return addScaled(line.bridge_B_m, line.axis_B, contactM);
  };
  const heights = [0];
  for (let i = low + 1; i < high; i++) {
    const onChord = lerp(point(low), point(high), (i - low) / (high - low));
    heights.push(dot(sub(point(i), onChord), strings[STRING_NAMES[i]!].outward_B));
  }
  return Math.max(...heights);
}

/** How far a note's hair is pressed in, `bowM` from the frog [m]. */
function pressedM(note: BowedNote, bowM: number, { strings, hair }: Instrument): number {
  const { physics, lengthM: stringLengthM } = strings[note.string];
  const at = { bowM, contactM: note.contactM, stringLengthM, hairLengthM: hair.lengthM };
  return note.forceN / contactStiffnessNpm(physics, at);
}

/** Whether the bow changes strings to get to a note. */
const crosses = ({ notes }: BowPlan, to: number): boolean =>
  notes[to]?.string !== undefined &&
  notes[to - 1]?.string !== undefined &&
  notes[to].string !== notes[to - 1]!.string;

const inLift = (lift: Lift): { startS: number; endS: number } => {
  const length = lift.endS - lift.startS;
  return { startS: lift.startS + 0.1 * length, endS: lift.endS - 0.1 * length };
};

function onStrings(
  at: {
    before: BowedNote;
    after: BowedNote;
    wishS: number;
    freeFromS: number;
    meets: number;
    /** No other crossing takes its part of the note. */
    alone: { readonly before: boolean; readonly after: boolean };
  },
  settings: TrajectorySettings,
) {
  const { before, after, wishS, meets, alone } = at;
  const strings = Math.abs(STRING_NAMES.indexOf(after.string) - STRING_NAMES.indexOf(before.string));
  const gapS = after.startS - before.endS;
  const { crossingShare } = settings;
  const shared = strings === 1 ? crossingShare.before : settings.hopShareBefore;
  const shareBefore = alone.before ? Math.max(shared, crossingShare.alone) : shared;
  const shareAfter = alone.after ? Math.max(crossingShare.after, crossingShare.alone) : crossingShare.after;
  // The shape of the turn depends on its length: room enough for either shape.
  const [early, late] = [whenTurned(meets, 0), whenTurned(meets, LONG_ROLL_S)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  const earliestS = Math.max(at.freeFromS, before.endS - shareBefore * (before.endS - before.startS));
  const room = Math.min(
    (after.startS - earliestS) / late,
    (shareAfter * (after.endS - after.startS)) / (1 - early),
  );
  const lengthS = Math.min(wishS, Math.max(room, 0));
  const landsAt = whenTurned(meets, lengthS);
  // With a rest before the note, the roll ends as far before the onset as the rest allows, and is over by the onset.
  const endS = after.startS + Math.max(0, (1 - landsAt) * lengthS - gapS);
  return { startS: endS - lengthS, endS };
}

/** Share of the turn from the old string to the new, 0..1, at rest at both ends. */
export function turned(crossing: Crossing, scoreS: number): number {
  const lengthS = crossing.endS - crossing.startS;
  return turnShape((scoreS - crossing.startS) / lengthS, lengthS);
}

const turnShape = (x: number, lengthS: number): number =>
  cruiseStep(x, lengthS < LONG_ROLL_S ? RAMP.short : RAMP.long);

/** Share of a roll's time at which a share of its turn is done. */
function whenTurned(share: number, lengthS: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (turnShape(middle, lengthS) < share) low = middle;
    else high = middle;
  }
  return low;
}

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

/** Bell over the middle of a roll: 0 at both ends, 1 half-way; 0 throughout in a hop, which lifts instead. */
export function rollBell(crossing: Crossing, scoreS: number): number {
  if (crossing.hop) return 0;
  const x = turned(crossing, scoreS);
  return 16 * x * x * (1 - x) * (1 - x);
}

/** How far the hair is off the strings in a hop, 0..1: up, across, down. */
export const hopShare = (crossing: Crossing, scoreS: number): number =>
  crossing.hop ? offString(crossing.hop, turned(crossing, scoreS)) : 0;
