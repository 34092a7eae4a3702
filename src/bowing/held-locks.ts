import type { NoteOverride } from "../score/score.ts";
import type { BowedNote } from "./bow-plan.ts";

/** Further than this from what is locked is told, as a ratio [-]. @assumed */
const KEPT = 1.05;

/**
 * Locks of a note that string, arm and hair do not bear, as clauses; how far each is kept.
 *
 * @param bowLockMps speed that the first lock in its bow gives to all of that bow [m/s]; undefined = none
 */
export function heldLocks(
  { speedMps, forceN, contactM }: NoteOverride,
  bowed: Pick<BowedNote, "bowSpeedMps" | "forceN" | "contactM">,
  bowLockMps: number | undefined,
): readonly string[] {
  const held = (
    name: string,
    locked: number | undefined,
    kept: number,
    decimals: number,
    who = "string and arm bear",
  ): readonly string[] =>
    locked === undefined || Math.abs(Math.log(locked / kept)) < Math.log(KEPT)
      ? []
      : [`${name} is locked to ${locked}, of which ${who} ${kept.toFixed(decimals)}`];
  return [
    ...(speedMps !== undefined && speedMps !== bowLockMps
      ? [`speedMps is locked to ${speedMps}, but an earlier note in the same bow is locked to ${bowLockMps}`]
      : held("speedMps", speedMps, bowed.bowSpeedMps, 3, "hair and hand allow")),
    ...held("forceN", forceN, bowed.forceN, 2),
    ...held("contactM", contactM, bowed.contactM, 3),
  ];
}
