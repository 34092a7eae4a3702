import { CellistError } from "../errors.ts";
import type { Mark, Markings, Span } from "./markings.ts";
import { type BarBeat, type BarGrid, formatBarBeat, barBeatAtTick, tickAtBarBeat } from "./position.ts";
import type { ScoreNote } from "./score.ts";

type Section = "slurs" | "dynamics" | "bows" | "articulations" | "strings";

/**
 * Writes markings onto notes. Notes under a slur become legato unless an articulation is marked;
 * a dynamic holds until the next one; before the first, the velocities of the file speak.
 *
 * @param notes in order, as read, unmarked
 * @throws markings-invalid where a place is no note's beginning, with bar and beat, and where marks contradict:
 *   overlapping slurs, a slur of one note, a bow mark inside a slur
 */
export function applyMarkings(notes: readonly ScoreNote[], markings: Markings, grid: BarGrid): ScoreNote[] {
  const marked = notes.map((note) => ({ ...note }));
  const run = (section: Section, span: Span): typeof marked => {
    const [from, to] = [span.from, span.to].map((place) => noteAt(notes, grid, section, place));
    if (to! < from!) throw wrong(section, `${span.text} ends before it begins`);
    return marked.slice(from, to! + 1);
  };
  for (const span of markings.slurs) slur(run("slurs", span), span);
  for (const { over, value } of inOrder(markings.dynamics, notes, grid))
    for (const note of marked.slice(noteAt(notes, grid, "dynamics", over.from))) note.dynamic = value;
  for (const { over, value } of markings.articulations)
    for (const note of run("articulations", over)) note.articulation = value;
  for (const { over, value } of markings.strings)
    for (const note of run("strings", over)) note.string = value;
  for (const { over, value } of markings.bows) {
    const [note] = run("bows", over);
    if (note!.slurredFromPrevious)
      throw wrong("bows", `${over.text} is inside a slur, where the bow cannot turn`);
    note!.bow = value;
  }
  return marked;
}

function slur(
  notes: { slurredFromPrevious: boolean; articulation: ScoreNote["articulation"] }[],
  span: Span,
): void {
  if (notes.length < 2) throw wrong("slurs", `${span.text} holds one note; a slur joins two or more`);
  for (const [index, note] of notes.entries()) {
    if (note.articulation === "legato") throw wrong("slurs", `${span.text} shares a note with another slur`);
    note.articulation = "legato";
    note.slurredFromPrevious = index > 0;
  }
}

/** Dynamics in order of time, whatever the order of the lines, so that each holds until the next. */
function inOrder<T>(marks: readonly Mark<T>[], notes: readonly ScoreNote[], grid: BarGrid): Mark<T>[] {
  const at = ({ over }: Mark<T>): number => noteAt(notes, grid, "dynamics", over.from);
  return marks.toSorted((a, b) => at(a) - at(b));
}

/** Index of the note that begins at a place. Thirds of a beat fall between ticks, so a tick is forgiven. */
function noteAt(notes: readonly ScoreNote[], grid: BarGrid, section: Section, place: BarBeat): number {
  const tick = tickAtBarBeat(grid, place);
  const text = formatBarBeat(place);
  if (tick === undefined) throw wrong(section, `there is no bar ${place.bar} beat ${place.beat} (${text})`);
  const index = notes.findIndex(({ startTick }) => Math.abs(startTick - tick) < 1);
  if (index >= 0) return index;
  const near = notes.reduce((a, b) => (Math.abs(b.startTick - tick) < Math.abs(a.startTick - tick) ? b : a));
  const nearText = formatBarBeat(barBeatAtTick(grid, near.startTick));
  throw wrong(
    section,
    `no note begins at bar ${place.bar} beat ${place.beat} (${text}); the nearest begins at ${nearText}`,
  );
}

const wrong = (section: Section, sentence: string): CellistError =>
  new CellistError("markings-invalid", `the markings under "${section}": ${sentence}.`);
