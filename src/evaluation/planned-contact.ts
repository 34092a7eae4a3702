import type { BowPlan } from "../bowing/bow-plan.ts";
import { smoothstep } from "../math/smoothstep.ts";

interface StrokeSpan {
  readonly startS: number;
  readonly endS: number;
  readonly contactM: number;
}

/** Share of the shorter of two strokes in which the contact point glides, before and after the bow change [-]. */
const GLIDE_SHARE = 0.45;

/**
 * Where the plan has the hair on its string: distance from the bridge at a score second [m].
 *
 * It stays where the stroke's first note puts it and glides around each change of stroke. A report needs no instrument
 * for that; a test holds this to `bowMotion` of the trajectory.
 */
export function plannedContact(plan: BowPlan): (scoreS: number) => number {
  const strokes: StrokeSpan[] = [];
  plan.notes.forEach(({ stroke, startS, endS, contactM }, i) => {
    if (i > 0 && plan.notes[i - 1]!.stroke === stroke)
      strokes[strokes.length - 1] = { ...strokes.at(-1)!, endS };
    else strokes.push({ startS, endS, contactM });
  });
  return (scoreS) => {
    const i = Math.max(0, strokes.findLastIndex((s) => s.startS <= scoreS)); // prettier-ignore
    const [before, here, after] = [strokes[i - 1], strokes[i]!, strokes[i + 1]];
    if (before && scoreS - here.startS < glideS(before, here)) return glided(before, here, scoreS);
    if (after && after.startS - scoreS < glideS(here, after)) return glided(here, after, scoreS);
    return here.contactM;
  };
}

const glideS = (a: StrokeSpan, b: StrokeSpan): number =>
  GLIDE_SHARE * Math.min(a.endS - a.startS, b.endS - b.startS);

function glided(a: StrokeSpan, b: StrokeSpan, scoreS: number): number {
  const halfS = glideS(a, b);
  return a.contactM + (b.contactM - a.contactM) * smoothstep((scoreS - b.startS + halfS) / (2 * halfS));
}
