import { turnsInto, type BowedNote } from "../bowing/bow-plan.ts";
import { directionSign, stringNumber, type Hair } from "./hair.ts";

/**
 * How long before the bow turned it had left one string for the next: from the moment the new string bears more than the old one to
 * the moment the hair moves the new note's way, both the last of their kind between samples `from` and `until`.
 *
 * @returns [s]; < 0 = the crossing came after the bow change; null = the bow does not turn between the two, they are parted by a rest,
 *   one is a double stop, or either moment was not found
 */
export function crossingLeadS(
  hair: Hair,
  before: BowedNote,
  after: BowedNote,
  [from, until]: readonly [number, number],
): number | null {
  if (!turnsInto(before, after)) return null;
  const [old, next, sign] = [
    stringNumber(before.string),
    stringNumber(after.string),
    directionSign(after.direction),
  ];
  const exchangedS = risesS(hair, [from, until], (k) => hair.force(k, next) - hair.force(k, old));
  const turnedS = risesS(hair, [from, until], (k) => sign * hair.speed(k, next));
  return exchangedS === null || turnedS === null ? null : turnedS - exchangedS;
}

/** When a value last rises over 0 [score s]; null = it never does. */
function risesS(
  hair: Hair,
  [from, until]: readonly [number, number],
  value: (k: number) => number,
): number | null {
  let k = until - 1;
  while (k >= from && value(k) > 0) k--;
  if (k < from || k === until - 1) return null;
  const [below, above] = [value(k), value(k + 1)];
  const share = -below / (above - below);
  return Number.isNaN(share) ? null : hair.scoreS[k]! + share * (hair.scoreS[k + 1]! - hair.scoreS[k]!);
}
