import { levelOf, type BowedNote } from "../bowing/bow-plan.ts";
import { pairSinkM, pressedFor } from "../instrument/double-press.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { gapBesidePair, neighbourGap } from "../instrument/neighbour-gap.ts";
import type { PairLevel } from "../score/bow-level.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { HopEnd } from "./hop.ts";
import { forcesOf } from "./pressing.ts";

/**
 * A note's bow at a hop's end.
 *
 * @param bowM hair at its contact then, from the frog [m]
 * @param beside number of the nearest string that is hopped
 */
export function hopEnd(note: BowedNote, bowM: number, beside: number, instrument: Instrument): HopEnd {
  const level = levelOf(note);
  const neighbour = STRING_NAMES[beside]!;
  const at = { bowM, contactM: note.contactM };
  const forcesN = forcesOf(note);
  const { depthM: pressedM } = pressedFor(instrument, level, forcesN, at);
  const forceN = forcesN.reduce((sum, one) => sum + one, 0);
  if (!note.lower)
    return { forceN, pressedM, onPair: false, ...neighbourGap(instrument, note.string, neighbour, at) };
  const pair = level as PairLevel;
  const { gapM, awayM } = gapBesidePair(instrument, pair, neighbour, note.contactM);
  return {
    forceN,
    pressedM,
    onPair: true,
    gapM,
    sinkMpN: pairSinkM(instrument, pair, forcesN, at, awayM) / forceN,
  };
}
