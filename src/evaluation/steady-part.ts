import type { BowedNote } from "../bowing/bow-plan.ts";
import { STRING_NAMES, type BowDirection, type StringName } from "../score/score.ts";
import { isBowed } from "./bowed-note.ts";
import { TOUCH_N, MOVING_MPS, stringNumber, timeS, touches, type Hair } from "./hair.ts";
import { strokeOf } from "./note-edges.ts";

/** What the hair did in the central half of a note. */
export interface SteadyPart {
  /** String that bears the largest mean force, of a double stop that both strings bear its upper one; null = none is touched. */
  readonly string: StringName | null;
  readonly direction: BowDirection | null;
  /** Share of the time in which the note's own string, or both of its strings, are bowed the note's way; what was not recorded was not. [-] */
  readonly bowedShare: number;
  /** Means on the string that was played; speed along the bowing direction. */
  readonly speedMps: number | null;
  readonly forceN: number | null;
  /** Mean on the lower string of a double stop; null on one string. */
  readonly lowerForceN: number | null;
  readonly contactM: number | null;
  /** Largest distance of the hair from its planned place on the planned string [m]. */
  readonly straightnessM: number | null;
}

const NOTHING: SteadyPart = {
  string: null,
  direction: null,
  bowedShare: 0,
  speedMps: null,
  forceN: null,
  lowerForceN: null,
  contactM: null,
  straightnessM: null,
};

export function steadyPart(hair: Hair, note: BowedNote, contactAtM: (scoreS: number) => number): SteadyPart {
  const quarterS = (note.endS - note.startS) / 4;
  const [from, to] = [hair.at(note.startS + quarterS), hair.at(note.endS - quarterS)];
  const bowedS = timeS(hair, from, to, (k) => isBowed(hair, k, strokeOf(note)));
  const forces = STRING_NAMES.map((_, string) => mean(from, to, (k) => hair.force(k, string)) ?? NaN);
  const string = stringHeard(forces, strokeOf(note).strings);
  if (!(forces[string]! >= TOUCH_N)) return NOTHING;
  const speedMps = mean(from, to, (k) => hair.speed(k, string))!;
  return {
    string: STRING_NAMES[string]!,
    direction: Math.abs(speedMps) < MOVING_MPS ? null : speedMps > 0 ? "down" : "up",
    bowedShare: bowedS / (2 * quarterS),
    speedMps: Math.abs(speedMps),
    forceN: forces[string]!,
    lowerForceN: note.lower ? forces[stringNumber(note.lower.string)]! : null,
    contactM: mean(from, to, (k) => hair.contact(k, string), (k) => touches(hair, k, string)), // prettier-ignore
    straightnessM: farthest(hair, stringNumber(note.string), { from, to }, contactAtM),
  };
}

/** The string that bears most; the upper of two where those two bear more than any other. */
function stringHeard(forces: readonly number[], [upper, lower]: readonly number[]): number {
  const most = forces.indexOf(Math.max(...forces));
  if (lower === undefined || upper === undefined) return most;
  const others = forces.filter((_, string) => string !== upper && string !== lower);
  return Math.min(forces[upper]!, forces[lower]!) >= Math.max(TOUCH_N, ...others) ? upper : most;
}

function farthest(
  hair: Hair,
  string: number,
  { from, to }: { readonly from: number; readonly to: number },
  contactAtM: (scoreS: number) => number,
): number | null {
  let far: number | null = null;
  for (let k = from; k < to; k++)
    if (touches(hair, k, string))
      far = Math.max(far ?? 0, Math.abs(hair.contact(k, string) - contactAtM(hair.scoreS[k]!)));
  return far;
}

function mean(
  from: number,
  to: number,
  of: (k: number) => number,
  where: (k: number) => boolean = () => true,
): number | null {
  let [sum, n] = [0, 0];
  for (let k = from; k < to; k++)
    if (where(k)) {
      sum += of(k);
      n++;
    }
  return n > 0 ? sum / n : null;
}
