import type { BowPlan } from "../bowing/bow-plan.ts";
import { runLengthS, runsWhere, SOUNDING_MPS, touches, type Hair, type Run } from "./hair.ts";
import { strokeOf } from "./note-edges.ts";
import type { ReversalReport } from "./performance-report.ts";

/** Shorter than this it is noise [s]. @assumed */
const SHORTEST_S = 0.01;
/** A bow change this early or late, or by a quarter of a shorter stroke, is not a reversal [s]. @assumed */
const BOW_CHANGE_S = 0.03;

/**
 * Places inside a stroke where the hair on the string runs the wrong way: faster than 5 mm/s for longer than 10 ms.
 *
 * The first and last 30 ms of a stroke are left out: wrong way there is a bow change that came late or early, and onset
 * errors tell that.
 */
export function judgeReversals(plan: BowPlan, hair: Hair): readonly ReversalReport[] {
  return strokeSpans(plan).flatMap(({ firstNote, lastNote }) => {
    const [startS, endS] = [plan.notes[firstNote]!.startS, plan.notes[lastNote]!.endS];
    const edgeS = Math.min(BOW_CHANGE_S, (endS - startS) / 4);
    const [from, to] = [hair.at(startS + edgeS), hair.at(endS - edgeS)];
    const noteAt = (k: number): number => noteOf(plan, hair.scoreS[k]!, firstNote, lastNote);
    const backwards = (k: number): number => {
      const { strings, sign } = strokeOf(plan.notes[noteAt(k)]!);
      const touched = strings.find((string) => touches(hair, k, string));
      return touched === undefined ? 0 : -sign * hair.speed(k, touched);
    };
    return runsWhere(from, to, (k) => backwards(k) > SOUNDING_MPS)
      .filter((run) => runLengthS(hair, run) > SHORTEST_S)
      .map((run) => ({
        index: noteAt(run.first),
        atS: hair.scoreS[run.first]!,
        durationS: runLengthS(hair, run),
        peakSpeedMps: peak(run, backwards),
      }));
  });
}

function strokeSpans({ notes }: BowPlan): { readonly firstNote: number; readonly lastNote: number }[] {
  const firsts = notes.flatMap((note, i) => (notes[i - 1]?.stroke === note.stroke ? [] : [i]));
  return firsts.map((firstNote, n) => ({ firstNote, lastNote: (firsts[n + 1] ?? notes.length) - 1 }));
}

function noteOf({ notes }: BowPlan, scoreS: number, first: number, last: number): number {
  let i = first;
  while (i < last && notes[i + 1]!.startS <= scoreS) i++;
  return i;
}

function peak({ first, last }: Run, of: (k: number) => number): number {
  let most = -Infinity;
  for (let k = first; k <= last; k++) most = Math.max(most, of(k));
  return most;
}
