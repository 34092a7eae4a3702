import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { Crossing } from "./crossing.ts";

/**
 * Share of the turn between two neighbouring strings at which the hair lies on both alike: 1/2 on an even bridge.
 *
 *     way to touching / (way to touching + the rest),   each half a window less what the bow leans towards the other string
 */
export function doubleStopShare(
  { strings }: Instrument,
  fromLevel: number,
  toLevel: number,
  lean: Pick<Crossing, "fromLean_rad" | "toLean_rad">,
): number {
  const half = (i: number): number => strings[STRING_NAMES[i]!].window.half_rad;
  const towards = Math.sign(fromLevel - toLevel); // inclination grows towards the C side
  const [before, after] = [
    half(fromLevel) - towards * lean.fromLean_rad,
    half(toLevel) + towards * lean.toLean_rad,
  ];
  return before / (before + after);
}
