import type { BowPlan } from "../bowing/bow-plan.ts";
import { SOUNDING_MPS, runLengthS, runsWhere, scoreStepS, sounds, touches, type Hair } from "./hair.ts";
import { strokeOf } from "./note-edges.ts";
import type { DeadTimeReport } from "./performance-report.ts";

/**
 * The hair may rest on the string so long where strokes meet, begin or end, and the next stroke's string may sound so long before its
 * time [s]. @assumed players: 50–100 ms
 */
const BOW_CHANGE_S = 0.04;

/**
 * Share of the notes' time in which the planned string, or neither of two, sounds: less than 0.05 N on it, or hair slower than
 * 5 mm/s. Rests are not counted.
 *
 * Not counted as dead either: hair that stays down and comes to rest for less than 40 ms within 40 ms of a stroke's
 * beginning or end. Without that moment no bow can turn round. Nor is the last of a stroke, up to 40 ms, in which the next one's
 * string sounds already: a crossing leads its bow change.
 */
export function judgeDeadTime(plan: BowPlan, hair: Hair): DeadTimeReport {
  const noteAt = notePerSample(plan, hair);
  const edges = strokeEdges(plan);
  const silent = (k: number): boolean =>
    noteAt[k]! >= 0 &&
    !soundedAt(plan, noteAt[k]!, hair.scoreS[k]!).some((string) => sounds(hair, k, string));
  let [deadS, bowChangeS] = [0, 0];
  for (const run of runsWhere(0, hair.count, silent)) {
    let lengthS = 0;
    for (let k = run.first; k <= run.last; k++) lengthS += scoreStepS(hair, k);
    const atEdge = edges.some(
      (edgeS) =>
        hair.scoreS[run.first]! - edgeS < BOW_CHANGE_S && edgeS - hair.scoreS[run.last]! < BOW_CHANGE_S,
    );
    const turns = atEdge && runLengthS(hair, run) < BOW_CHANGE_S && restsOnString(plan, hair, run, noteAt);
    if (turns) bowChangeS += lengthS;
    else deadS += lengthS;
  }
  const playedS = plan.notes.reduce((sum, note) => sum + note.endS - note.startS, 0);
  return { playedS, deadS, share: playedS > 0 ? deadS / playedS : 0, bowChangeS };
}

/** Strings of a note, and of the next where that begins a stroke in a moment. */
function soundedAt({ notes }: BowPlan, i: number, scoreS: number): readonly number[] {
  const [note, next] = [notes[i]!, notes[i + 1]];
  const { strings } = strokeOf(note);
  const isLed = next && next.stroke !== note.stroke && next.startS - scoreS < BOW_CHANGE_S;
  return isLed ? [...strings, ...strokeOf(next).strings] : strings;
}

/** Index of the note in whose planned time each sample lies, −1 in rests. */
function notePerSample(plan: BowPlan, hair: Hair): Int32Array {
  const noteAt = new Int32Array(hair.count).fill(-1);
  plan.notes.forEach((note, i) => noteAt.fill(i, hair.at(note.startS), hair.at(note.endS)));
  return noteAt;
}

const strokeEdges = ({ notes }: BowPlan): number[] =>
  notes.flatMap((note, i) => [
    ...(notes[i - 1]?.stroke === note.stroke ? [] : [note.startS]),
    ...(notes[i + 1]?.stroke === note.stroke ? [] : [note.endS]),
  ]);

function restsOnString(
  plan: BowPlan,
  hair: Hair,
  { first, last }: { readonly first: number; readonly last: number },
  noteAt: Int32Array,
): boolean {
  for (let k = first; k <= last; k++) {
    const i = noteAt[k]!;
    const near = [i, i - 1, i + 1].flatMap((j) => (plan.notes[j] ? strokeOf(plan.notes[j]).strings : []));
    if (!near.some((string) => touches(hair, k, string) && Math.abs(hair.speed(k, string)) < SOUNDING_MPS))
      return false;
  }
  return true;
}
