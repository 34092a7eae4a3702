import { soundedStrings, type BowedNote, type BowPlan } from "../bowing/bow-plan.ts";
import { STRING_NAMES } from "../score/score.ts";
import { runLengthS, runsWhere, stringNumber, touches, type Hair } from "./hair.ts";
import type { PerformanceReport, WrongStringReport } from "./performance-report.ts";

/** Before and after an onset the neighbour's string may bear hair this long at most, and half the note [s]. */
const CROSSING_WINDOW_S = 0.25;

/**
 * Hair on a string that has no business there: more than 0.05 N on a string that is neither the current note's, nor the
 * one being crossed from or to, up to 0.25 s and half a note around the onset. In a rest both neighbours' strings may
 * bear hair. A string in between, touched on the way, is wrong.
 */
export function judgeWrongStrings(plan: BowPlan, hair: Hair): PerformanceReport["wrongStrings"] {
  if (plan.notes.length === 0) return { totalS: 0, events: [] };
  const allowed = allowedPerSample(plan, hair);
  const noteAt = (k: number): number =>
    Math.max(0, plan.notes.findLastIndex((note) => note.startS <= hair.scoreS[k]!)); // prettier-ignore
  const events = STRING_NAMES.flatMap((name, string) =>
    runsWhere(0, hair.count, (k) => (allowed[k]! & (1 << string)) === 0 && touches(hair, k, string)).map(
      (run): WrongStringReport => {
        let peakForceN = 0;
        for (let k = run.first; k <= run.last; k++) peakForceN = Math.max(peakForceN, hair.force(k, string));
        const { first } = run;
        const durationS = runLengthS(hair, run);
        return { string: name, atS: hair.scoreS[first]!, durationS, peakForceN, index: noteAt(first) };
      },
    ),
  );
  events.sort((a, b) => a.atS - b.atS);
  return { totalS: events.reduce((sum, event) => sum + event.durationS, 0), events };
}

/** Bit set of the strings that may bear hair at each sample. */
function allowedPerSample(plan: BowPlan, hair: Hair): Uint8Array {
  const allowed = new Uint8Array(hair.count);
  const allow = (note: BowedNote, fromS: number, toS: number): void => {
    const bits = soundedStrings(note).reduce((set, { string }) => set | (1 << stringNumber(string)), 0);
    for (let k = hair.at(fromS); k < hair.at(toS); k++) allowed[k]! |= bits;
  };
  plan.notes.forEach((note, i) => {
    const [before, after] = [plan.notes[i - 1], plan.notes[i + 1]];
    const fromS = before ? before.endS - windowS(before) : -Infinity;
    const toS = after ? after.startS + windowS(after) : Infinity;
    allow(note, Math.min(fromS, note.startS), Math.max(toS, note.endS));
  });
  return allowed;
}

const windowS = (note: BowedNote): number => Math.min(CROSSING_WINDOW_S, (note.endS - note.startS) / 2);
