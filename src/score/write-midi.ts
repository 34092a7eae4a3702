import { type MidiEvent, writeMidi } from "midi-file";
import type { Score, ScoreNote } from "./score.ts";

/** What a MIDI file can hold of a score. */
export type WritableScore = Pick<
  Score,
  "title" | "ticksPerQuarter" | "tempos" | "meters" | "keys" | "endTick"
> & {
  readonly notes: readonly (Pick<ScoreNote, "startTick" | "endTick" | "midi" | "velocity"> &
    Partial<Pick<ScoreNote, "lowerMidi">>)[];
};

export interface WriteMidiOptions {
  /** Leave out a status byte that repeats, and end notes by velocity 0, as many programs do. */
  readonly compact?: boolean;
}

/** @source General MIDI 1, program 43 "Cello" (counted from 0: 42) */
const CELLO_PROGRAM = 42;

interface Placed {
  readonly tick: number;
  /** Among events of one tick: meta first, then note ends, then note beginnings. */
  readonly rank: number;
  readonly event: MidiEvent;
}

/**
 * A Standard MIDI File of format 0 with one cello track. Same score, same bytes.
 *
 * Tempos are rounded to whole microseconds a quarter note, which is all the format holds.
 *
 * @source Standard MIDI File 1.0
 */
export function writeScoreAsMidi(score: WritableScore, options: WriteMidiOptions = {}): Uint8Array {
  const placed: Placed[] = [
    { tick: 0, rank: 0, event: { deltaTime: 0, meta: true, type: "trackName", text: utf8(score.title) } },
    {
      tick: 0,
      rank: 2,
      event: { deltaTime: 0, channel: 0, type: "programChange", programNumber: CELLO_PROGRAM },
    },
    ...score.meters.map(placedMeter),
    ...score.keys.map(placedKey),
    ...score.tempos.map(placedTempo),
    ...score.notes.flatMap(placedNote),
  ];
  const endTick = placed.reduce((last, { tick }) => Math.max(last, tick), score.endTick);
  placed.push({ tick: endTick, rank: 5, event: { deltaTime: 0, meta: true, type: "endOfTrack" } });
  placed.sort((a, b) => a.tick - b.tick || a.rank - b.rank);
  const track = placed.map(({ tick, event }, index) => ({
    ...event,
    deltaTime: tick - (placed[index - 1]?.tick ?? 0),
  }));
  const header = { format: 0 as const, numTracks: 1, ticksPerBeat: score.ticksPerQuarter };
  const compact = options.compact ?? false;
  return Uint8Array.from(
    writeMidi({ header, tracks: [track] }, { running: compact, useByte9ForNoteOff: compact }),
  );
}

const placedMeter = ({ tick, beatsPerBar, beatUnit }: Score["meters"][number]): Placed => ({
  tick,
  rank: 1,
  event: {
    deltaTime: 0,
    meta: true,
    type: "timeSignature",
    numerator: beatsPerBar,
    denominator: beatUnit,
    metronome: 96 / beatUnit,
    thirtyseconds: 8,
  },
});

const placedKey = ({ tick, fifths, minor }: Score["keys"][number]): Placed => ({
  tick,
  rank: 1,
  event: { deltaTime: 0, meta: true, type: "keySignature", key: fifths, scale: minor ? 1 : 0 },
});

const placedTempo = ({ tick, usPerQuarter }: Score["tempos"][number]): Placed => ({
  tick,
  rank: 1,
  event: { deltaTime: 0, meta: true, type: "setTempo", microsecondsPerBeat: Math.round(usPerQuarter) },
});

const placedNote = (note: WritableScore["notes"][number]): Placed[] =>
  note.lowerMidi === undefined
    ? placedPitch(note, note.midi)
    : [...placedPitch(note, note.lowerMidi), ...placedPitch(note, note.midi)];

const placedPitch = (note: WritableScore["notes"][number], midi: number): Placed[] => {
  const pitch = { deltaTime: 0, channel: 0, noteNumber: midi };
  return [
    { tick: note.startTick, rank: 4, event: { ...pitch, type: "noteOn", velocity: note.velocity } },
    { tick: note.endTick, rank: 3, event: { ...pitch, type: "noteOff", velocity: 0 } },
  ];
};

/** midi-file writes one byte a character, so the UTF-8 bytes are handed over as characters. */
const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));
