import type { LaidNote } from "./lay-out-notes.ts";
import { GRACE_SLUR } from "./slurs-of.ts";

/** Notes as they are bowed, and what was made of signs that stand for several notes. */
export interface RealisedNotes {
  readonly notes: readonly LaidNote[];
  readonly remarks: readonly string[];
}

/**
 * Grace notes become notes on the beat, taken out of the note they decorate: one without a slash takes half of it, slashed
 * ones and groups a 1/32 each, at most half together. They are slurred into their note, as string players do.
 *
 * @param notes one voice, sorted, grace notes right before their main note with the same start
 */
export function realiseGraceNotes(notes: readonly LaidNote[], ticksPerQuarter: number): RealisedNotes {
  const realised: LaidNote[] = [];
  let waiting: LaidNote[] = [];
  let [played, lost] = [0, 0];
  for (const note of notes) {
    if (note.grace) {
      waiting.push(note);
      continue;
    }
    const main = note.startTick === waiting[0]?.startTick ? waiting : [];
    lost += waiting.length - main.length;
    played += main.length;
    realised.push(...decorated(main, note, ticksPerQuarter));
    waiting = [];
  }
  lost += waiting.length;
  const remarks = [
    ...(played > 0
      ? [`grace notes: ${played} played on the beat, out of the note they decorate, and slurred to it`]
      : []),
    ...(lost > 0 ? [`grace notes: ${lost} without a note after them, not played`] : []),
  ];
  return { notes: realised, remarks };
}

function decorated(grace: readonly LaidNote[], main: LaidNote, ticksPerQuarter: number): readonly LaidNote[] {
  if (grace.length === 0) return [main];
  const half = (main.endTick - main.startTick) / 2;
  const isLeaning = grace.length === 1 && grace[0]!.grace === "plain";
  const each = Math.max(1, isLeaning ? half : Math.min(ticksPerQuarter / 8, half / grace.length));
  const at = (i: number): number => Math.round(main.startTick + i * each);
  const before = grace.map((note, i): LaidNote => {
    const signs = {
      ...note.signs,
      slurStarts: i === 0 ? [GRACE_SLUR, ...note.signs.slurStarts] : note.signs.slurStarts,
    };
    // the bow mark of the main note belongs to where its bow begins
    const bow = i === 0 ? main.signs.bow : undefined;
    return { ...note, startTick: at(i), endTick: at(i + 1), signs: { ...signs, bow } };
  });
  const signs = { ...main.signs, bow: undefined, slurStops: [GRACE_SLUR, ...main.signs.slurStops] };
  return [...before, { ...main, startTick: at(grace.length), signs }];
}

/** Beams of a tremolo that stand for repeated notes of a length; more mean "as fast as can be". */
const MEASURED_MARKS = 2;

/** One or two tremolo beams: repeated eighths or sixteenths, as orchestral parts abbreviate them. */
export function realiseMeasuredTremolo(notes: readonly LaidNote[], ticksPerQuarter: number): RealisedNotes {
  let count = 0;
  const realised = notes.flatMap((note): readonly LaidNote[] => {
    const { tremoloMarks: marks } = note.signs;
    if (marks < 1 || marks > MEASURED_MARKS) return [note];
    const each = ticksPerQuarter / 2 ** marks;
    const times = Math.round((note.endTick - note.startTick) / each);
    if (times < 2 || times * each !== note.endTick - note.startTick) return [note];
    count += 1;
    const plain = { ...note.signs, tremoloMarks: 0, slurStarts: [], slurStops: [] };
    return Array.from({ length: times }, (_, i) => ({
      ...note,
      startTick: note.startTick + i * each,
      endTick: note.startTick + (i + 1) * each,
      signs: { ...plain, bow: i === 0 ? plain.bow : undefined },
    }));
  });
  const remarks = count > 0 ? [`tremolo of one or two beams: ${count} played as repeated notes`] : [];
  return { notes: realised, remarks };
}
