import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Crossing } from "../trajectory/crossing.ts";
import { sounds, stringNumber, timeS, touches, type Hair } from "./hair.ts";
import type { CrossingReport, NoteReport } from "./performance-report.ts";

/**
 * Every string change of the plan, as the hair did it.
 *
 * @param rolls the trajectory's crossings, where known: they tell the planned length of each roll
 */
export function judgeCrossings(
  plan: BowPlan,
  hair: Hair,
  notes: readonly NoteReport[],
  rolls: readonly Pick<Crossing, "to" | "startS" | "endS">[] = [],
): readonly CrossingReport[] {
  return plan.notes.flatMap((after, to) => {
    const before = plan.notes[to - 1];
    if (!before || before.string === after.string) return [];
    const roll = rolls.find((r) => r.to === to);
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
      plannedRollS: roll ? roll.endS - roll.startS : null,
      silentS: timeS(hair, from, until, (k) => !resting(k) && !sounds(hair, k, a) && !sounds(hair, k, b)),
      bothTouchedS: timeS(hair, from, until, (k) => touches(hair, k, a) && touches(hair, k, b)),
      onsetErrorS: notes[to]!.onset.errorS,
    };
  });
}
