import { CellistError } from "../errors.ts";
import type { Hold } from "./hold-fermatas.ts";
import type { Hairpin } from "./loudness-curve.ts";
import { markNotes, type NoteRun } from "./mark-notes.ts";
import type { HairpinWay, Markings, Span } from "./markings.ts";
import { type BarBeat, barBeatAtTick, type BarGrid, formatBarBeat, tickAtBarBeat } from "./position.ts";
import type { ScoreNote } from "./score.ts";

type Section = "slurs" | "dynamics" | "hairpins" | "bows" | "articulations" | "strings" | "fermatas";

/**
 * Writes the marks of a file onto the notes they name.
 *
 * @param notes in order, as read, unmarked
 * @throws markings-invalid where a place is no note's beginning, with bar and beat, and where marks contradict:
 *   overlapping slurs, a slur of one note, a bow mark inside a slur
 */
export function applyMarkings(notes: readonly ScoreNote[], markings: Markings, grid: BarGrid): ScoreNote[] {
  const run = (section: Section, span: Span): NoteRun => {
    const [first, last] = [span.from, span.to].map((place) => noteAt(notes, grid, section, place));
    if (last! < first!) throw wrong(section, `${span.text} ends before it begins`);
    return { first: first!, last: last! };
  };
  const slurs = markings.slurs.map((span) => ({ span, ...run("slurs", span) }));
  refuseBadSlurs(slurs);
  return markNotes(notes, {
    slurs,
    dynamics: markings.dynamics
      .map(({ over, value }) => ({
        tick: notes[noteAt(notes, grid, "dynamics", over.from)]!.startTick,
        value,
      }))
      .sort((a, b) => a.tick - b.tick),
    hairpins: markings.hairpins.flatMap(({ over, value }) => {
      const { first, last } = run("hairpins", over);
      return hairpinsFrom(notes[first]!.startTick, notes[last]!.endTick, value);
    }),
    articulations: markings.articulations.map(({ over, value }) => ({
      ...run("articulations", over),
      value,
    })),
    strings: markings.strings.map(({ over, value }) => ({ ...run("strings", over), value })),
    bows: markings.bows.map(({ over, value }) => {
      const index = run("bows", over).first;
      if (slurs.some(({ first, last }) => first < index && index <= last))
        throw wrong("bows", `${over.text} is inside a slur, where the bow cannot turn`);
      return { index, value };
    }),
  });
}

/** One hairpin, or two that meet half-way. */
function hairpinsFrom(fromTick: number, toTick: number, way: HairpinWay): readonly Hairpin[] {
  const grows = way.startsWith("crescendo");
  if (way === "crescendo" || way === "diminuendo") return [{ fromTick, toTick, grows }];
  const middle = Math.round((fromTick + toTick) / 2);
  return [
    { fromTick, toTick: middle, grows },
    { fromTick: middle, toTick, grows: !grows },
  ];
}

/** The notes that a markings file holds. @throws markings-invalid where a place is no note's beginning */
export const markedHolds = (
  notes: readonly ScoreNote[],
  { fermatas }: Markings,
  grid: BarGrid,
): readonly Hold[] =>
  fermatas.map((span) => {
    const { startTick, endTick } = notes[noteAt(notes, grid, "fermatas", span.from)]!;
    return { fromTick: startTick, toTick: endTick };
  });

function refuseBadSlurs(slurs: readonly (NoteRun & { readonly span: Span })[]): void {
  let lastBefore = -1;
  for (const { first, last, span } of slurs.toSorted((a, b) => a.first - b.first)) {
    if (first === last) throw wrong("slurs", `${span.text} holds one note; a slur joins two or more`);
    if (first <= lastBefore) throw wrong("slurs", `${span.text} shares a note with another slur`);
    lastBefore = last;
  }
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
