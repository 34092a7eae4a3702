import { provenanceOf } from "../provenance.ts";
import { applyMarkings, markedHolds } from "./apply-markings.ts";
import { dynamicOfVelocity } from "./dynamics.ts";
import { holdFermatas } from "./hold-fermatas.ts";
import { ignoredEvents } from "./ignored-events.ts";
import type { Markings } from "./markings.ts";
import { type MidiFile, readMidiEvents, type TimedEvent } from "./midi-events.ts";
import { oneVoice, type Voice } from "./one-voice.ts";
import { choosePart, findParts, nameOfTrack, otherParts } from "./parts.ts";
import { doubleStops, pitchesOf, sayUnisons, type StruckNote } from "./double-stops.ts";
import { checkRange } from "./range.ts";
import { type RawNote, readPartNotes } from "./raw-notes.ts";
import type { Score, ScoreNote } from "./score.ts";
import { readTimingMap } from "./timing-map.ts";
import { transposedKey, wholeSemitones } from "./transpose.ts";

/** How to read a MIDI file whose notes are not simply the cello's. */
export interface ReadScoreOptions {
  /** Name where the markings give none; without either, the first track's name. */
  readonly title?: string;
  /** Which part to play, by number or by name, where several play. */
  readonly part?: number | string;
  /** Which voice to keep where the part is polyphonic; without it two notes together are a double stop, others refused. */
  readonly voice?: Voice;
  /** Semitones added to every note. */
  readonly transpose?: number;
  /**
   * "tenor": the notes were written in tenor clef but the file took them as bass clef, so everything sounds a
   * perfect fifth (7 semitones) too low and is raised by one; `transpose` comes on top. The line that is F3 in
   * bass clef is C4 in tenor clef.
   *
   * (The published robot's tool lowered such notes by an octave for the choice of the string only, so it bowed a
   * string on which the note does not lie. That meaning is not kept.)
   */
  readonly clef?: "bass" | "tenor";
  readonly markings?: Markings;
  /** Notes that the cello does not have are kept, to be shown. */
  readonly anyPitch?: true;
}

/** From a bass-clef line to the same line in tenor clef, F3 to C4 [semitones]. */
const TENOR_CLEF_SEMITONES = 7;

/**
 * One cello part out of a Standard MIDI File (format 0 or 1, any ticks per quarter note).
 *
 * Ticks, velocities, tempo map, meters and keys are kept as written; rests stay as gaps. What is in the file but
 * not played is said in `ignored`.
 *
 * @throws midi-invalid for bytes that are no readable MIDI file
 * @throws score-invalid for an open choice of part, polyphony, or a note the cello does not have
 * @throws markings-invalid for marks that do not fit the notes
 * @throws usage for a transposition that is not whole semitones
 */
export function readScore(bytes: Uint8Array, options: ReadScoreOptions = {}): Score {
  const file = readMidiEvents(bytes);
  const timing = readTimingMap(file.ticksPerQuarter, file.tracks);
  const parts = findParts(file.tracks);
  const part = choosePart(parts, options.part);
  const events = file.tracks[part.track]!;
  const written = readPartNotes(events, part.channel, timing);
  const semitones = shiftOf(options);
  const sounding = written.notes.map((note) => ({ ...note, midi: note.midi + semitones }));
  const struck = options.voice === undefined ? doubleStops(sounding, timing) : sounding;
  const voice = oneVoice<StruckNote<RawNote>>(struck, timing, options.voice);
  if (!options.anyPitch) checkRange(pitchesOf(voice.notes), timing, options.transpose ?? 0);
  const plain = voice.notes.map(plainNote);
  const { markings, ...choices } = options;
  const fermatas = markings ? markedHolds(plain, markings, timing) : [];
  return {
    title: markings?.title ?? options.title ?? titleOf(file),
    composer: markings?.composer ?? "unknown",
    ticksPerQuarter: file.ticksPerQuarter,
    tempos: holdFermatas(timing.tempos, fermatas),
    ...(fermatas.length > 0 && { fermatas }),
    meters: timing.meters,
    keys: timing.keys.map((key) => transposedKey(key, semitones)),
    notes: markings === undefined ? plain : applyMarkings(plain, markings, timing),
    endTick: Math.max(plain.at(-1)!.endTick, lastTick(events)),
    ignored: [
      ...file.ignored,
      ...timing.ignored,
      ...otherParts(parts, part),
      ...ignoredEvents(events, part.channel),
      ...written.ignored,
      ...sayUnisons(sounding, struck),
      ...voice.ignored,
    ],
    provenance: provenanceOf("score", bytes, choices, markings),
  };
}

const shiftOf = ({ transpose = 0, clef }: ReadScoreOptions): number =>
  wholeSemitones(transpose) + (clef === "tenor" ? TENOR_CLEF_SEMITONES : 0);

const plainNote = (note: StruckNote<RawNote>, index: number): ScoreNote => ({
  index,
  startTick: note.startTick,
  endTick: note.endTick,
  midi: note.midi,
  ...(note.lowerMidi !== undefined && { lowerMidi: note.lowerMidi }),
  velocity: note.velocity,
  dynamic: dynamicOfVelocity(note.velocity),
  articulation: "detache",
  slurredFromPrevious: false,
});

const titleOf = (file: MidiFile): string => nameOfTrack(file.tracks[0] ?? []) ?? "untitled";

const lastTick = (events: readonly TimedEvent[]): number => events.at(-1)?.tick ?? 0;
