import { STRING_NAMES } from "../../score/score.ts";
import { median, type HeardTone } from "./heard-tone.ts";
import type { NoteSegment } from "./segment-notes.ts";
import { centsBetween, hzOfMidi } from "./written-note.ts";

/** What can be wrong with a note, as ears tell it; one word each, the weightiest first. */
export const FAULTS = [
  "missing",
  "wrong string",
  "too heavy",
  "too light",
  "wrong pitch",
  "crossing bump",
  "flat",
  "sharp",
  "late",
  "early",
  "gap",
] as const;
export type Fault = (typeof FAULTS)[number];

/** A note as it was heard, with what the take leads one to expect of it. */
export interface HeardNoteInTake {
  readonly segment: NoteSegment;
  readonly tone: HeardTone;
  /** Later than the take's own time has it [s]. */
  readonly lateS: number;
}

/** Limits of what is a fault. @assumed; set on seeded faults put into simulated takes (`bench/sound/ears.ts`) */
const LIMITS = {
  lateS: 0.065,
  /** A note whose first tenth of a second is so weak, and that settles so late, began late [dB], [s]. */
  emptyStartDb: -10,
  emptyStartS: 0.12,
  cents: 25,
  wrongCents: 80,
  /** How near to an open string a wrong pitch is taken for that string [cents]; a bow made for another flattens it. */
  openCents: 100,
  lightDb: -5,
  lightAperiodicity: 0.05,
  heavyDb: 1.5,
  heavyAperiodicity: 0.2,
  bumpDb: 4.5,
  bumpSettlesS: 0.12,
  gapS: 0.06,
} as const;
/** Pitches of the open strings, MIDI numbers. */
const OPEN_MIDI = STRING_NAMES.map((_, i) => 36 + 7 * i);

/** The weightiest fault of every note of a take; null = none was heard. */
export function noteFaults(notes: readonly HeardNoteInTake[]): readonly (Fault | null)[] {
  const usual = usualLevels(notes);
  return notes.map((note, i) => faultOf(note, usual(i), notes[i + 1]));
}

interface Usual {
  readonly levelLufs: number;
  readonly attackLufs: number;
}

function faultOf(
  { segment, tone, lateS }: HeardNoteInTake,
  usual: Usual,
  next: HeardNoteInTake | undefined,
): Fault | null {
  if (!segment.heard) return "missing";
  const overDb = tone.levelLufs - usual.levelLufs;
  const attackDb = tone.levelLufs + tone.attackOverDb - usual.attackLufs;
  const settlesS = tone.settlesS ?? Infinity;
  const cents = tone.cents ?? 0;
  const raucous = tone.aperiodicity > LIMITS.heavyAperiodicity && settlesS === Infinity;
  if (raucous && overDb > LIMITS.heavyDb && !isOnOpenString(tone.hz, segment.note.midi)) return "too heavy";
  const hoarse = tone.aperiodicity > LIMITS.lightAperiodicity || settlesS > LIMITS.emptyStartS;
  if (overDb < LIMITS.lightDb && hoarse) return "too light";
  if (Math.abs(cents) > LIMITS.wrongCents) {
    if (isOnOpenString(tone.hz, segment.note.midi)) return "wrong string";
    return raucous && overDb > LIMITS.lightDb ? "too heavy" : "wrong pitch";
  }
  if (attackDb > LIMITS.bumpDb && settlesS > LIMITS.bumpSettlesS) return "crossing bump";
  if (Math.abs(cents) > LIMITS.cents) return cents < 0 ? "flat" : "sharp";
  if (lateS > LIMITS.lateS) return "late";
  if (tone.attackOverDb < LIMITS.emptyStartDb && settlesS > LIMITS.emptyStartS) return "late";
  if (lateS < -2 * LIMITS.lateS) return "early";
  return next?.segment.note.slurred && next.segment.onsetS - segment.offsetS > LIMITS.gapS ? "gap" : null;
}

function isOnOpenString(hz: number, midi: number): boolean {
  return OPEN_MIDI.some(
    (open) => open !== midi && Math.abs(centsBetween(hzOfMidi(open), hz)) < LIMITS.openCents,
  );
}

/** What is usual for a note: the median of others of its pitch and marking, or of its marking where there are too few. */
function usualLevels(notes: readonly HeardNoteInTake[]): (i: number) => Usual {
  const of = (same: (a: HeardNoteInTake) => boolean): Usual | undefined => {
    const like = notes.filter(same);
    if (like.length < 3) return undefined;
    return {
      levelLufs: median(like.map(({ tone }) => tone.levelLufs))!,
      attackLufs: median(like.map(({ tone }) => tone.levelLufs + tone.attackOverDb))!,
    };
  };
  return (i) => {
    const { midi, dynamic } = notes[i]!.segment.note;
    return (
      of(({ segment: { note } }) => note.midi === midi && note.dynamic === dynamic) ??
      of(({ segment: { note } }) => Math.abs(note.midi - midi) <= 2 && note.dynamic === dynamic) ??
      of(({ segment: { note } }) => note.dynamic === dynamic) ??
      of(() => true) ?? { levelLufs: notes[i]!.tone.levelLufs, attackLufs: Infinity }
    );
  };
}
