import { dynamicAtLevel } from "../dynamics.ts";
import type { Dynamic, ScoreNote } from "../score.ts";

/** One end of a hairpin. */
export interface WrittenWedge {
  readonly tick: number;
  readonly type: "crescendo" | "diminuendo" | "stop";
}

/** The ends of the hairpins that make notes swell: one hairpin for notes that go on the same way. */
export function hairpinsOf(notes: readonly ScoreNote[]): readonly WrittenWedge[] {
  const wedges: WrittenWedge[] = [];
  for (const [i, note] of notes.entries()) {
    const [before, after] = [notes[i - 1], notes[i + 1]];
    const way = wayOf(note);
    if (way === undefined) continue;
    if (before === undefined || !goesOn(before, note)) wedges.push({ tick: note.startTick, type: way });
    if (after === undefined || !goesOn(note, after)) wedges.push({ tick: note.endTick, type: "stop" });
  }
  return wedges;
}

const wayOf = ({ swell }: ScoreNote): "crescendo" | "diminuendo" | undefined =>
  swell && (swell.toLevel > swell.fromLevel ? "crescendo" : "diminuendo");

/** One hairpin stands over both. */
const goesOn = (a: ScoreNote, b: ScoreNote): boolean =>
  wayOf(a) !== undefined && wayOf(a) === wayOf(b) && a.swell?.toLevel === b.swell?.fromLevel;

/** The dynamic at which a note begins. */
export const dynamicAtStart = ({ dynamic, swell }: ScoreNote): Dynamic =>
  swell ? dynamicAtLevel(swell.fromLevel) : dynamic;

/** Whether a dynamic has to be written at a note: at the first, and where none that is written still holds. */
export function isNewDynamic(notes: readonly ScoreNote[], note: ScoreNote): boolean {
  const before = notes[note.index - 1];
  if (before === undefined) return true;
  if (goesOn(before, note)) return false;
  return before.swell !== undefined || dynamicAtStart(note) !== before.dynamic;
}
