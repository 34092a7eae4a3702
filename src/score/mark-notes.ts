import { loudnessCurve, type DynamicMark, type Hairpin } from "./loudness-curve.ts";
import { dynamicAtLevel } from "./dynamics.ts";
import type { Articulation, BowDirection, ScoreNote, StringName } from "./score.ts";

/** Notes from one index to another, both included. */
export interface NoteRun {
  readonly first: number;
  readonly last: number;
}

/** Marks with their notes found, whether they came from a markings file or stood in the score itself. */
export interface NoteMarks {
  /** Two notes or more each, no note in two of them. */
  readonly slurs: readonly NoteRun[];
  /** Sorted by tick. */
  readonly dynamics: readonly DynamicMark[];
  readonly hairpins: readonly Hairpin[];
  readonly articulations: readonly (NoteRun & { readonly value: Articulation })[];
  readonly strings: readonly (NoteRun & { readonly value: StringName })[];
  readonly bows: readonly { readonly index: number; readonly value: BowDirection }[];
}

/**
 * Writes marks onto notes. Notes under a slur become legato unless an articulation is marked, and portato where two or more in a
 * row are marked tenuto, which is how players write it; a dynamic holds until the
 * next one or moves along a hairpin; before the first, the notes' own dynamics speak.
 */
export function markNotes(notes: readonly ScoreNote[], marks: NoteMarks): ScoreNote[] {
  const marked: { -readonly [key in keyof ScoreNote]: ScoreNote[key] }[] = notes.map((note) => ({ ...note }));
  const run = ({ first, last }: NoteRun): typeof marked => marked.slice(first, last + 1);
  for (const slur of marks.slurs)
    for (const [i, note] of run(slur).entries()) {
      note.articulation = "legato";
      note.slurredFromPrevious = i > 0;
    }
  for (const mark of marks.articulations) for (const note of run(mark)) note.articulation = mark.value;
  for (const slur of marks.slurs) pulsed(run(slur)).forEach((note) => (note.articulation = "portato"));
  for (const mark of marks.strings) for (const note of run(mark)) note.string = mark.value;
  for (const { index, value } of marks.bows) marked[index]!.bow = value;
  const curve = loudnessCurve(notes, marks.dynamics, marks.hairpins);
  return marked.map((note) => ({ ...note, ...loudness(note, curve) }));
}

/** Neighbours that are both tenuto. */
const pulsed = <N extends ScoreNote>(slur: readonly N[]): readonly N[] => {
  const isTenuto = (i: number): boolean => slur[i]?.articulation === "tenuto";
  return slur.filter((_, i) => isTenuto(i) && (isTenuto(i - 1) || isTenuto(i + 1)));
};

function loudness(
  note: ScoreNote,
  curve: ReturnType<typeof loudnessCurve>,
): Pick<ScoreNote, "dynamic" | "swell"> {
  const { level, swell } = curve(note);
  return { dynamic: dynamicAtLevel(level), ...(swell && { swell }) };
}
