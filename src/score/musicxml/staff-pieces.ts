import { barTicks, beatTicks } from "../position.ts";
import type { KeyChange, MeterChange, Score, ScoreNote } from "../score.ts";
import { leadsInto } from "../upbeat.ts";
import { noteValues, type NoteValue } from "./note-values.ts";

/** A note or rest as one note head of a measure. */
export interface StaffPiece {
  readonly startTick: number;
  readonly value: NoteValue;
  /** Absent: a rest. */
  readonly note?: ScoreNote;
  /** Its first and last note head, where ties need several. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** A rest that fills its measure. */
  readonly fullRest: boolean;
}

/** One measure of the staff, full of pieces. */
export interface StaffMeasure {
  readonly startTick: number;
  readonly endTick: number;
  readonly meter: MeterChange;
  /** The meter to be drawn at its start, where it changes. */
  readonly newMeter?: MeterChange;
  /** The piece's upbeat: drawn under the meter that it leads into. */
  readonly isUpbeat: boolean;
  readonly newKey?: KeyChange;
  readonly key: KeyChange;
  readonly pieces: readonly StaffPiece[];
}

type Staffed = Pick<Score, "ticksPerQuarter" | "meters" | "keys" | "notes" | "endTick">;

const NO_KEY: KeyChange = { tick: 0, fifths: 0, minor: false };

/** The whole score as full measures of note heads and rests. */
export function staffMeasures(score: Staffed): readonly StaffMeasure[] {
  const endTick = Math.max(score.endTick, score.notes.at(-1)?.endTick ?? 0);
  const measures: StaffMeasure[] = [];
  let [tick, firstNote] = [0, 0];
  while (tick < endTick || measures.length === 0) {
    const meter = score.meters.findLast((change) => change.tick <= tick)!;
    const next = score.meters.find((change) => change.tick > tick)?.tick ?? Infinity;
    const end = Math.min(tick + barTicks(score.ticksPerQuarter, meter), next);
    while (firstNote < score.notes.length && score.notes[firstNote]!.endTick <= tick) firstNote += 1;
    const newKey = score.keys.find((key) => key.tick === tick);
    const led = tick === 0 ? drawnUpbeat(score) : undefined;
    const isNew = meter.tick === tick && !measures.at(-1)?.isUpbeat;
    measures.push({
      startTick: tick,
      endTick: end,
      meter,
      ...(isNew && { newMeter: led ?? meter }),
      isUpbeat: led !== undefined,
      ...(newKey && { newKey }),
      key: score.keys.findLast((key) => key.tick <= tick) ?? NO_KEY,
      pieces: piecesOf(score, firstNote, tick, end, meter),
    });
    tick = end;
  }
  return measures;
}

/** The meter that a piece's upbeat is drawn under. One in other beats keeps its own, or it could not be read back. */
function drawnUpbeat(score: Staffed): MeterChange | undefined {
  const led = leadsInto(score, 0);
  return led?.beatUnit === score.meters[0]?.beatUnit ? led : undefined;
}

function piecesOf(
  { notes, ticksPerQuarter }: Staffed,
  firstNote: number,
  startTick: number,
  endTick: number,
  meter: MeterChange,
): readonly StaffPiece[] {
  const pieces: StaffPiece[] = [];
  const beat = beatTicks(ticksPerQuarter, meter);
  const fill = (from: number, to: number, note?: ScoreNote): void => {
    let at = from;
    for (const value of noteValues(to - from, from - startTick, beat, ticksPerQuarter)) {
      const [isFirst, isLast] = [at === note?.startTick, at + value.ticks === note?.endTick];
      const fullRest = !note && from === startTick && to === endTick;
      pieces.push({ startTick: at, value, ...(note && { note }), isFirst, isLast, fullRest });
      at += value.ticks;
    }
  };
  let at = startTick;
  for (let i = firstNote; i < notes.length && notes[i]!.startTick < endTick; i++) {
    const note = notes[i]!;
    const [from, to] = [Math.max(note.startTick, startTick), Math.min(note.endTick, endTick)];
    if (from > at) fill(at, from);
    fill(from, to, note);
    at = to;
  }
  if (at < endTick) fill(at, endTick);
  return pieces;
}
