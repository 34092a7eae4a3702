import type { BowPlan } from "../bowing/bow-plan.ts";
import { sounds, stringNumber, timeS, touches, type Hair } from "./hair.ts";
import type { CrossingReport, NoteReport } from "./performance-report.ts";

/** A string plays while it bears this much of its planned force [-]. @assumed half */
const PLAYING_SHARE = 0.5;

/** Every string change of the plan, as the hair did it. */
export function judgeCrossings(
  plan: BowPlan,
  hair: Hair,
  notes: readonly NoteReport[],
): readonly CrossingReport[] {
  return plan.notes.flatMap((after, to) => {
    const before = plan.notes[to - 1];
    if (!before || before.string === after.string) return [];
    const [a, b] = [stringNumber(before.string), stringNumber(after.string)];
    const from = hair.at((before.startS + before.endS) / 2);
    const until = hair.at((after.startS + after.endS) / 2);
    const resting = (k: number): boolean => hair.scoreS[k]! >= before.endS && hair.scoreS[k]! < after.startS;
    return {
      to,
      atS: after.startS,
      from: before.string,
      into: after.string,
      lifted: plan.lifts.some((lift) => lift.before === to),
      exchangeS: exchangeS(
        hair,
        [from, until],
        [a, PLAYING_SHARE * before.forceN],
        [b, PLAYING_SHARE * after.forceN],
      ),
      silentS: timeS(hair, from, until, (k) => !resting(k) && !sounds(hair, k, a) && !sounds(hair, k, b)),
      bothTouchedS: timeS(hair, from, until, (k) => touches(hair, k, a) && touches(hair, k, b)),
      onsetErrorS: notes[to]!.onset.errorS,
    };
  });
}

type StringAt = readonly [string: number, forceN: number];

/** From the last sample at which the old string plays to the first at which the new one does; null = one never does. */
function exchangeS(
  hair: Hair,
  [from, until]: readonly [number, number],
  [old, oldN]: StringAt,
  [next, nextN]: StringAt,
): number | null {
  let left = until - 1;
  while (left >= from && hair.force(left, old) < oldN) left--;
  let landed = from;
  while (landed < until && hair.force(landed, next) < nextN) landed++;
  if (left < from || landed >= until) return null;
  return Math.max(0, hair.scoreS[landed]! - hair.scoreS[left]!);
}
