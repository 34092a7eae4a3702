import { levelOf, soundedStrings, type BowPlan, type SoundedString } from "../bowing/bow-plan.ts";
import { crossingLeadS } from "./crossing-lead.ts";
import { sounds, stringNumber, timeS, touches, type Hair } from "./hair.ts";
import type { CrossingReport, NoteReport } from "./performance-report.ts";

/** A string plays while it bears this much of its planned force [-]. @assumed half */
const PLAYING_SHARE = 0.5;

/** Every change of string or pair of strings in the plan, as the hair did it. */
export function judgeCrossings(
  plan: BowPlan,
  hair: Hair,
  notes: readonly NoteReport[],
): readonly CrossingReport[] {
  return plan.notes.flatMap((after, to) => {
    const before = plan.notes[to - 1];
    if (!before || levelOf(before) === levelOf(after)) return [];
    const [old, next] = [soundedStrings(before).map(asked), soundedStrings(after).map(asked)];
    const left = old.filter(({ string }) => !next.some((one) => one.string === string));
    const reached = next.filter(({ string }) => !old.some((one) => one.string === string));
    const all = [...old, ...next];
    const from = hair.at((before.startS + before.endS) / 2);
    const until = hair.at((after.startS + after.endS) / 2);
    const resting = (k: number): boolean => hair.scoreS[k]! >= before.endS && hair.scoreS[k]! < after.startS;
    return {
      to,
      atS: after.startS,
      from: levelOf(before),
      into: levelOf(after),
      lifted: plan.lifts.some((lift) => lift.before === to),
      exchangeS:
        left.length === old.length && reached.length === next.length
          ? exchangeS(hair, [from, until], left, reached)
          : null,
      silentS: timeS(
        hair,
        from,
        until,
        (k) => !resting(k) && !all.some(({ string }) => sounds(hair, k, string)),
      ),
      bothTouchedS: timeS(
        hair,
        from,
        until,
        (k) =>
          left.some(({ string }) => touches(hair, k, string)) &&
          reached.some(({ string }) => touches(hair, k, string)),
      ),
      leadS: crossingLeadS(hair, before, after, [from, until]),
      onsetErrorS: notes[to]!.onset.errorS,
    };
  });
}

/** A string, and the force from which on it plays [N]. */
interface StringAt {
  readonly string: number;
  readonly leastN: number;
}

const asked = ({ string, forceN }: SoundedString): StringAt => ({
  string: stringNumber(string),
  leastN: PLAYING_SHARE * forceN,
});

/** From the last sample at which an old string plays to the first at which all new ones do; null = that never is. */
function exchangeS(
  hair: Hair,
  [from, until]: readonly [number, number],
  old: readonly StringAt[],
  next: readonly StringAt[],
): number | null {
  const plays = (k: number) => (one: StringAt) => hair.force(k, one.string) >= one.leastN;
  let left = until - 1;
  while (left >= from && !old.some(plays(left))) left--;
  let landed = from;
  while (landed < until && !next.every(plays(landed))) landed++;
  if (left < from || landed >= until) return null;
  return Math.max(0, hair.scoreS[landed]! - hair.scoreS[left]!);
}
