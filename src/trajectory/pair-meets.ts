import { levelOf, soundedStrings, type BowedNote } from "../bowing/bow-plan.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { neighbourGap } from "../instrument/neighbour-gap.ts";
import { levelNumber } from "../score/bow-level.ts";
import type { StringName } from "../score/score.ts";

/**
 * Share of the turn at which a roll to or from two strings reaches its note: the moment when the last of its strings comes to bear
 * hair, or the first of the old ones ceases to.
 *
 * A roll over half a crossing turns the hair down on a neighbour; it meets it a little before its end, where the gap
 * that is left is what the hair sinks towards it under the force on its own string:
 *
 *     share of half a crossing  =  1 − sink · force / gap
 */
export function pairMeets(before: BowedNote, after: BowedNote, instrument: Instrument): number {
  const steps = Math.abs(levelNumber(levelOf(after)) - levelNumber(levelOf(before)));
  const old = soundedStrings(before).map(({ string }) => string);
  if (after.lower) return 1 - (0.5 / steps) * touchShare(after, old, after.bowStartM, instrument);
  if (old.includes(after.string))
    return (0.5 / steps) * touchShare(before, [after.string], before.bowEndM, instrument);
  return (steps - 0.5) / steps; // the new string sounds from where the hair lies on it and on the one before it
}

/** Part of the half crossing beside a double stop in which the string that is not among `kept` still bears hair [-]. */
function touchShare(
  note: BowedNote,
  kept: readonly StringName[],
  bowM: number,
  instrument: Instrument,
): number {
  const [upper, lower] = [note, note.lower!];
  const [own, other] = kept.includes(upper.string) ? [upper, lower] : [lower, upper];
  const { gapM, sinkMpN } = neighbourGap(instrument, own.string, other.string, {
    bowM,
    contactM: note.contactM,
  });
  return Math.min(1, Math.max(0, (sinkMpN * own.forceN) / gapM));
}
