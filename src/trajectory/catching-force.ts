import type { BowedNote, BowPlan } from "../bowing/bow-plan.ts";
import { clearForceN } from "../instrument/neighbour-gap.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { lastIndex } from "../math/last-index.ts";
import { smoothstep } from "../math/smoothstep.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** A string that the bow comes to in full swing, under a slur: pressed harder until it is caught. */
interface Catch {
  readonly onsetS: number;
  /** Force ÷ the note's own, >= 1 [-]. */
  readonly times: number;
  /** Share of the usual times that the note has room for [-]. */
  readonly hurried: number;
}

/** The pressing is over by this share of a short note [-]. @assumed */
const OVER_BY_SHARE = 0.7;

/**
 * Force ÷ planned force at a score second [-].
 *
 * A bow that starts from rest or turns round catches its string while it is slow. One that rolls to another string under a
 * slur comes to it at full speed, and the string slips twice a period for long, or for good, unless it is pressed harder at
 * first. Never so hard that a string beside it is touched, though for this moment nearer to it than a note may be held, nor above a
 * share of Schelleng's limit.
 *
 * @source starts with constant speed and growing force: Woodhouse, euphonics.org §9.9.1; `bench/sound/ears.ts`: on the three
 *   shipped pieces with most such crossings it brings starts in time from 81 to 89 in a hundred; where the string beside allowed but
 *   little more, the bow now comes nearer to it (prelude: 73 to 76 of 83, Helmholtz motion 94.5 to 97.3 %; minuet: 94 to 97 of 101)
 */
export function catchingForce(
  plan: BowPlan,
  instrument: Instrument,
  { catching }: Pick<TrajectorySettings, "catching">,
): (scoreS: number) => number {
  const usualS = catching.holdS + catching.releaseS;
  const catches = plan.notes.flatMap((note, i): Catch[] => {
    const before = plan.notes[i - 1];
    if (before?.stroke !== note.stroke || before.string === note.string) return [];
    if (before.lower || note.lower) return []; // a double stop shares a string with what is beside it
    const hurried = Math.min(1, (OVER_BY_SHARE * (note.endS - note.startS)) / usualS);
    return [{ onsetS: note.startS, times: timesOf(note, instrument, catching), hurried }];
  });
  return (scoreS) => {
    const at = catches[lastIndex(catches, (c) => c.onsetS - catching.riseS <= scoreS)];
    if (at === undefined) return 1;
    const sinceS = scoreS - at.onsetS;
    const rise = smoothstep(sinceS / catching.riseS + 1);
    const fall = smoothstep((sinceS / at.hurried - catching.holdS) / catching.releaseS);
    return 1 + (at.times - 1) * rise * (1 - fall);
  };
}

function timesOf(
  { string, forceN, maxForceN, bowStartM, contactM }: BowedNote,
  instrument: Instrument,
  { force, maxForceShare, keptClear }: TrajectorySettings["catching"],
): number {
  const mostN = Math.min(
    maxForceShare * maxForceN,
    clearForceN(instrument, string, { bowM: bowStartM, contactM }, keptClear),
  );
  return Math.max(1, Math.min(force, mostN / forceN));
}
