import type { Score, ScoreNote } from "../score.ts";

/** Ticks a quarter note of a picture: 1/128 notes, triplets and quintuplets are whole. */
const TICKS_PER_QUARTER = 480;
/** Parts of a quarter note at which written notes begin and end: 1/128 notes, triplets of thirty-seconds … */
const PLAIN_PARTS = [32, 24];
/** … and tuplets of 5, 7, 9, 11 and 13. */
const TUPLET_PARTS = [40, 28, 36, 44, 52];
/** Ticks are whole where a seventh of a beat is not. */
const ROUNDING_TICKS = 0.75;
/** Coarser ticks tell no sevenths from others. */
const LEAST_TICKS_PER_PART = 8;
/** Parts of a quarter note at which notes of a picture begin and end: 1/32 notes, and triplets of eighths. */
const BINARY = 8;
const TRIPLET = 3;
/** Notes of a played rhythm are drawn up to the next one where the gap is shorter than this, in quarters. */
const SHORT_GAP = 0.5;

/**
 * The score on a grid that note values can show, for a picture only: a played MIDI file begins its notes some ticks early or
 * late and ends them early. A score that is on the grid already stays as it is.
 */
export function staffRhythm(score: Score): Score {
  const scaled = (tick: number): number => Math.round((tick * TICKS_PER_QUARTER) / score.ticksPerQuarter);
  const rescaled = <T extends { readonly tick: number }>(changes: readonly T[]): T[] =>
    changes.map((change) => ({ ...change, tick: scaled(change.tick) }));
  const notes = isWritten(score)
    ? score.notes.map((note) => ({
        ...note,
        startTick: scaled(note.startTick),
        endTick: scaled(note.endTick),
      }))
    : playedNotes(score.notes, scaled);
  const moved = new Map(score.notes.map((note, i) => [note.startTick, notes[i]!]));
  const fermatas = score.fermatas?.map(({ fromTick, toTick }) => {
    const note = moved.get(fromTick);
    return { fromTick: note?.startTick ?? scaled(fromTick), toTick: note?.endTick ?? scaled(toTick) };
  });
  return {
    ...score,
    ...(fermatas && { fermatas }),
    ticksPerQuarter: TICKS_PER_QUARTER,
    tempos: rescaled(score.tempos),
    meters: rescaled(score.meters),
    keys: rescaled(score.keys),
    notes,
    endTick: Math.max(scaled(score.endTick), notes.at(-1)?.endTick ?? 0),
  };
}

/**
 * Whether note values can show it. Where a note begins says which tuplet it may end in: a played file whose notes all end early holds no
 * quintuplets for that.
 */
function isWritten({ notes, ticksPerQuarter }: Pick<Score, "notes" | "ticksPerQuarter">): boolean {
  const fits = (tick: number, parts: number): boolean => isOnPart(tick, parts, ticksPerQuarter);
  return notes.every(({ startTick, endTick }, i) => {
    const isPlain = (tick: number): boolean => PLAIN_PARTS.some((parts) => fits(tick, parts));
    const starts = [startTick, notes[i + 1]?.startTick ?? startTick].filter((tick) => !isPlain(tick));
    const tuplets = TUPLET_PARTS.filter((parts) => starts.some((tick) => fits(tick, parts)));
    return [startTick, endTick].every((tick) => isPlain(tick) || tuplets.some((parts) => fits(tick, parts)));
  });
}

function isOnPart(tick: number, parts: number, ticksPerQuarter: number): boolean {
  const step = ticksPerQuarter / parts;
  const away = Math.abs(Math.round(tick / step) * step - tick);
  return away < 1e-6 || (step >= LEAST_TICKS_PER_PART && away <= ROUNDING_TICKS && !Number.isInteger(step));
}

function playedNotes(notes: readonly ScoreNote[], scaled: (tick: number) => number): readonly ScoreNote[] {
  const least = TICKS_PER_QUARTER / BINARY;
  const starts: number[] = [];
  for (const { startTick } of notes)
    starts.push(Math.max(onGrid(scaled(startTick)), (starts.at(-1) ?? -least) + least));
  return notes.map((note, i) => {
    const end = onGrid(scaled(note.endTick));
    const [startTick, next] = [starts[i]!, starts[i + 1] ?? nextQuarter(end)];
    const closed = next - end < SHORT_GAP * TICKS_PER_QUARTER ? next : end;
    return { ...note, startTick, endTick: Math.min(next, Math.max(closed, startTick + least)) };
  });
}

/** Where a last note is expected to end, if it ends soon before. */
const nextQuarter = (tick: number): number => Math.ceil(tick / TICKS_PER_QUARTER) * TICKS_PER_QUARTER;

/** The nearest 1/32, or the nearest triplet eighth where that is nearer by half. */
function onGrid(tick: number): number {
  const near = (parts: number): number => {
    const step = TICKS_PER_QUARTER / parts;
    return Math.round(tick / step) * step;
  };
  const [binary, triplet] = [near(BINARY), near(TRIPLET)];
  return Math.abs(triplet - tick) < Math.abs(binary - tick) / 2 ? triplet : binary;
}
