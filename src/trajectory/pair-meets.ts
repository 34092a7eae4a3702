import { levelOf, soundedStrings, type BowedNote, type SoundedString } from "../bowing/bow-plan.ts";
import type { HairPlace } from "../instrument/double-press.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { neighbourGap } from "../instrument/neighbour-gap.ts";
import { firstWhere } from "../math/first-where.ts";
import { levelNumber } from "../score/bow-level.ts";
import { pressedShare as pressedIn, raised, type HopShape } from "./hop.ts";

/**
 * Share of the turn at which a roll to or from two strings reaches its note: the moment when the last of its strings comes to bear
 * hair, or the first of the old ones ceases to.
 *
 * A roll over half a crossing turns the hair down on a neighbour; it meets it a little before its end, where the gap
 * that is left is what the hair sinks towards it under the force on its own string, which is between what both notes ask:
 *
 *     y · gap  =  sink · ((1 − h·y) · F_pair + h·y · F_beside)     y: share of half a crossing from the pair, h: of the turn per y
 */
export function pairMeets(before: BowedNote, after: BowedNote, instrument: Instrument): number {
  const steps = Math.abs(levelNumber(levelOf(after)) - levelNumber(levelOf(before)));
  const half = 0.5 / steps;
  const old = soundedStrings(before).map(({ string }) => string);
  if (after.lower) return 1 - half * touchShare(after, before, { half, bowM: after.bowStartM }, instrument);
  if (old.includes(after.string))
    return half * touchShare(before, after, { half, bowM: before.bowEndM }, instrument);
  return (steps - 0.5) / steps; // the new string sounds from where the hair lies on it and on the one before it
}

/**
 * Share of the turn at which a hop down on two strings has met both: the nearer one first, which bears all the force until the hair has
 * turned down on the other.
 *
 *     y · gap  =  sink · F_both · pressed in so far ÷ pressed in at last
 */
export function pairMetInHop(
  shape: HopShape,
  before: BowedNote,
  after: BowedNote,
  pressedM: number,
  instrument: Instrument,
): number {
  const turn = levelNumber(levelOf(after)) - levelNumber(levelOf(before));
  const [own, other] = turn < 0 ? [after, after.lower!] : [after.lower!, after];
  const half = 0.5 / Math.abs(turn);
  const bothN = own.forceN + other.forceN;
  const sunk = sunkShare(own, other, { bowM: after.bowStartM, contactM: after.contactM }, instrument) * bothN;
  const pressedShare = (turned: number): number =>
    pressedIn(shape, turned) - (raised(shape, turned) * shape.heightM) / pressedM;
  return firstWhere((turned) => sunk * pressedShare(turned) >= (1 - turned) / half, [shape.presses, 1]);
}

/** Part of the half crossing beside a double stop in which the string that the note `beside` it does not sound still bears hair [-]. */
function touchShare(
  pair: BowedNote,
  beside: BowedNote,
  { half, bowM }: { readonly half: number; readonly bowM: number },
  instrument: Instrument,
): number {
  const [upper, lower] = [pair, pair.lower!];
  const kept = (one: SoundedString) => soundedStrings(beside).find(({ string }) => string === one.string);
  const [own, other] = kept(upper) ? [upper, lower] : [lower, upper];
  const sunk = sunkShare(own, other, { bowM, contactM: pair.contactM }, instrument);
  const besideN = kept(own)?.forceN ?? own.forceN;
  const share = (sunk * own.forceN) / (1 - sunk * half * (besideN - own.forceN));
  return share > 0 ? Math.min(1, share) : 1;
}

/** How much of the gap to `other` each newton on `own` closes [1/N]. */
function sunkShare(own: SoundedString, other: SoundedString, at: HairPlace, instrument: Instrument): number {
  const { gapM, sinkMpN } = neighbourGap(instrument, own.string, other.string, at);
  return sinkMpN / gapM;
}
