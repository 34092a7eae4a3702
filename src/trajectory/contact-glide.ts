import type { BowPlan } from "../bowing/bow-plan.ts";
import { lastIndex } from "../math/last-index.ts";
import { smoothstep } from "../math/smoothstep.ts";

/** One move of the contact point along the strings. */
interface Glide {
  readonly byM: number;
  readonly startS: number;
  readonly endS: number;
}

/**
 * Distance of the hair from the bridge at a score second [m].
 *
 * Every stroke has its own; the contact point glides from one to the next around the bow change, or in the air where the
 * bow lifts. Over very short strokes glides overlap and add up, so that the hair never jerks along the string.
 *
 * @param glideS time of one glide [s]
 */
export function contactGlide(plan: BowPlan, glideS: number): (scoreS: number) => number {
  const firstM = plan.notes[0]!.contactM;
  const glides = glidesOf(plan, glideS);
  const sums = [firstM];
  for (const { byM } of glides) sums.push(sums.at(-1)! + byM);
  const longestS = Math.max(0, ...glides.map(({ startS, endS }) => endS - startS));
  return (scoreS) => {
    const begun = lastIndex(glides, ({ startS }) => startS < scoreS);
    let first = begun + 1;
    while (first > 0 && glides[first - 1]!.startS > scoreS - longestS) first--;
    let contactM = sums[first]!;
    for (const { byM, startS, endS } of glides.slice(first, begun + 1))
      contactM += byM * smoothstep((scoreS - startS) / (endS - startS));
    return contactM;
  };
}

function glidesOf(plan: BowPlan, glideS: number): Glide[] {
  return plan.notes.slice(1).flatMap((after, i) => {
    const before = plan.notes[i]!;
    const byM = after.contactM - before.contactM;
    if (byM === 0 || after.stroke === before.stroke) return [];
    const lift = plan.lifts.find((l) => l.before === i + 1);
    if (lift && lift.endS - lift.startS > glideS) return [{ byM, startS: lift.startS, endS: lift.endS }];
    return [{ byM, startS: after.startS - glideS / 2, endS: after.startS + glideS / 2 }];
  });
}
