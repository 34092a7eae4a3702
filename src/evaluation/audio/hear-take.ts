import { CellistError } from "../../errors.ts";
import type { Score } from "../../score/score.ts";
import { measureLoudness, loudnessRangeLu } from "../../sound/loudness.ts";
import { truePeakDbtp } from "../../sound/true-peak.ts";
import type { Recording } from "../../sound/wav.ts";
import { alignScore, type TimeMap } from "./align-score.ts";
import { changeOfNotes } from "./change-of-notes.ts";
import { dynamicsHeard } from "./dynamics-heard.ts";
import { heardTone, listenTo, median, type Heard } from "./heard-tone.ts";
import { noteFaults, type Fault } from "./note-faults.ts";
import type { HeardNoteInTake } from "./heard-note-in-take.ts";
import { trackPitch } from "./pitch-track.ts";
import { segmentNotes, type NoteSegment } from "./segment-notes.ts";
import { takeClock, type TakeClock } from "./take-clock.ts";
import type { NoteHearing, TakeReport } from "./take-report.ts";
import { toneWords } from "./tone-words.ts";
import { toneAttributes } from "./tone-attributes.ts";
import {
  noteAgreement,
  NOTE_TOLERANCES_WITH_OFFSETS,
  onsetAgreement,
  type HeardNote,
} from "./transcription-measures.ts";
import { hzOfMidi, pitchesOf, samePitches, writtenNotes, type WrittenNote } from "./written-note.ts";

/** A note that settles no later than this begins well [s]. @source Guettler and Askenfelt, JASA 101 (1997) */
const SETTLED_IN_TIME_S = 0.09;

/**
 * Listens to a recording of a piece: where each note is, how it sounds, and what is wrong with it.
 *
 * @param known the take's clock where a bag tells it; else the ears find it, without knowing when the robot began
 * @throws CellistError `take-unheard` where the recording is not of this piece
 */
export function hearTake(recording: Recording, score: Score, known?: TakeClock): TakeReport {
  const { sampleRateHz, channels } = recording;
  const mono = meanOf(channels);
  const written = writtenNotes(score);
  const heard = listenTo(mono, sampleRateHz, trackPitch(mono, sampleRateHz));
  const { segments, clock } = placeNotes(heard, written, known ?? alignScore(mono, sampleRateHz, written));
  const first = notesInTake(heard, segments, clock);
  refuseOtherPieces(first, score.title);
  const inTake = afterScratches(heard, first, noteFaults(first), clock);
  const faults = noteFaults(inTake);
  const notes = inTake.map(({ segment: { note, onsetS, offsetS }, tone, lateS }, i): NoteHearing => {
    return {
      index: note.index,
      midi: note.midi,
      dynamic: note.dynamic,
      fromLevel: note.fromLevel,
      toLevel: note.toLevel,
      onsetS,
      offsetS,
      lateS,
      fault: faults[i]!,
      words: tone.lower ? [] : toneWords(tone),
      ...tone,
    };
  });
  const single = notes.filter((n) => n.lower === undefined); // two strings repeat at neither's period
  return {
    title: score.title,
    durationS: mono.length / sampleRateHz,
    loudness: loudnessOf(recording),
    clock: { ...clock, source: known ? "bag" : "ears" },
    onsets: onsetsOf(notes),
    intonation: intonationOf(notes),
    dynamics: dynamicsHeard(notes),
    tone: {
      hnrDb: median(single.map((n) => n.hnrDb)) ?? NaN,
      settlesS: median(single.flatMap((n) => n.settlesS ?? [])) ?? null,
      settledInTime:
        single.filter((n) => (n.settlesS ?? 1) <= SETTLED_IN_TIME_S).length / Math.max(1, single.length),
      centroidHz: median(notes.flatMap((n) => n.centroidHz ?? [])) ?? null,
    },
    attributes: toneAttributes(single.length > 0 ? single : notes),
    transcription: transcriptionOf(
      notes.filter((n) => n.fault !== "missing").flatMap(heardNotes),
      written.flatMap((n) =>
        pitchesOf(n).map((midi) => ({
          onsetS: clock.zeroS + n.startS / clock.tempo,
          offsetS: clock.zeroS + n.endS / clock.tempo,
          hz: hzOfMidi(midi),
        })),
      ),
    ),
    faults: countsOf(faults.flatMap((fault) => fault ?? [])),
    words: countsOf(notes.flatMap((n) => n.words)),
    notes,
  };
}

function notesInTake(
  heard: Heard,
  segments: readonly NoteSegment[],
  clock: TakeClock,
): readonly HeardNoteInTake[] {
  return segments.map((segment, i) => {
    const before = segments[i - 1];
    const dueS = clock.zeroS + segment.note.startS / clock.tempo;
    const change =
      before && !samePitches(before.note, segment.note)
        ? changeOfNotes(heard.spectra, dueS, {
            old: middleOf(before),
            young: middleOf(segment),
            endS: segment.offsetS,
          })
        : undefined;
    return { segment, tone: heardTone(heard, segment), lateS: segment.onsetS - dueS, change };
  });
}

const middleOf = ({ onsetS, offsetS }: NoteSegment) => ({
  fromS: onsetS + 0.45 * (offsetS - onsetS),
  toS: onsetS + 0.85 * (offsetS - onsetS),
});

/** A note found later than this after a scratch is taken to have begun when it was due [s]. @assumed */
const AFTER_SCRATCH_S = 0.05;

/** Where one note scratches and the next begins nobody can hear: what seems late there is put where it was due. */
function afterScratches(
  heard: Heard,
  notes: readonly HeardNoteInTake[],
  faults: readonly (Fault | null)[],
  clock: TakeClock,
): readonly HeardNoteInTake[] {
  const scratchy = (i: number): boolean => faults[i] === "too heavy" || faults[i] === "crossing bump";
  const hidden = notes.map(({ lateS }, i) => scratchy(i - 1) && lateS > AFTER_SCRATCH_S);
  if (!hidden.includes(true)) return notes;
  const onsets = notes.map(({ segment, lateS }, i) => segment.onsetS - (hidden[i] ? lateS : 0));
  const segments = notes.map(({ segment }, i): NoteSegment => {
    const offsetS = hidden[i + 1] ? Math.min(segment.offsetS, onsets[i + 1]!) : segment.offsetS;
    return { ...segment, onsetS: onsets[i]!, offsetS };
  });
  return notesInTake(heard, segments, clock);
}

/** A recording in which fewer notes than this have their pitch is not of the piece [-]; of noise about 3 % have. @assumed */
const LEAST_SHARE = 0.3;

function refuseOtherPieces(notes: readonly HeardNoteInTake[], title: string): void {
  const right = notes.filter(({ tone }) => Math.abs(tone.cents ?? Infinity) < 50).length;
  if (right < LEAST_SHARE * notes.length)
    throw new CellistError(
      "take-unheard",
      `the recording does not sound like "${title}": ${right} of ${notes.length} notes have their pitch (at least ${Math.ceil(LEAST_SHARE * notes.length)} are needed); check recording and score`,
    );
}

/** So many of the notes within so much of a steady tempo [s] are a take in a steady tempo. @assumed */
const STEADY_SHARE = 0.8;
const STEADY_S = 0.08;

/**
 * Where every note is, and the take's clock. A take that keeps a steady tempo is looked through once more with that tempo:
 * then a note that sounds wrong cannot lead the search astray.
 */
function placeNotes(
  heard: Heard,
  written: readonly WrittenNote[],
  guide: TakeClock | TimeMap,
): { readonly segments: readonly NoteSegment[]; readonly clock: TakeClock } {
  const inStep = (clock: TakeClock) => segmentNotes(heard, written, (s) => clock.zeroS + s / clock.tempo);
  if (typeof guide !== "function") return { segments: inStep(guide), clock: guide };
  const segments = segmentNotes(heard, written, guide);
  const clock = clockOf(segments);
  const late = segments.map((s) => Math.abs(s.onsetS - clock.zeroS - s.note.startS / clock.tempo));
  if (late.filter((s) => s < STEADY_S).length < STEADY_SHARE * late.length) return { segments, clock };
  const again = inStep(clock);
  return { segments: again, clock: clockOf(again) };
}

const clockOf = (segments: readonly NoteSegment[]): TakeClock =>
  takeClock(segments.filter((s) => s.heard).map((s) => ({ scoreS: s.note.startS, heardS: s.onsetS })));

function meanOf(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0]!;
  return channels[0]!.map((_, i) => channels.reduce((sum, c) => sum + c[i]!, 0) / channels.length);
}

function loudnessOf({ channels, sampleRateHz }: Recording): TakeReport["loudness"] {
  const { integratedLufs, shortTermLufs } = measureLoudness(channels.slice(0, 2), sampleRateHz);
  return {
    integratedLufs,
    loudestShortTermLufs: shortTermLufs.reduce((most, l) => Math.max(most, l), -Infinity),
    rangeLu: loudnessRangeLu(shortTermLufs),
    truePeakDbtp: Math.max(...channels.map(truePeakDbtp)),
  };
}

function onsetsOf(notes: readonly NoteHearing[]): TakeReport["onsets"] {
  const late = notes.map((n) => n.lateS);
  const sizes = late.map(Math.abs).sort((a, b) => a - b);
  const mean = (part: readonly number[]): number =>
    part.reduce((sum, x) => sum + x, 0) / Math.max(1, part.length);
  const first = mean(late.slice(0, 4));
  return {
    medianAbsS: sizes[sizes.length >> 1]!,
    p95AbsS: sizes[Math.floor(0.95 * sizes.length)]!,
    driftS: mean(late.slice(-4)) - first,
    worstDriftS: late.reduce(
      (most, _, i) => Math.max(most, Math.abs(mean(late.slice(Math.max(0, i - 3), i + 1)) - first)),
      0,
    ),
  };
}

/** A double stop is two notes. */
const heardNotes = (note: NoteHearing): readonly HeardNote[] =>
  note.lower === undefined
    ? [note]
    : [note, { ...note, hz: hzOfMidi(note.lower.midi) * 2 ** ((note.lower.cents ?? 0) / 1200) }];

function intonationOf(notes: readonly NoteHearing[]): TakeReport["intonation"] {
  const cents = notes.flatMap((n) => [n.cents ?? [], n.lower?.cents ?? []].flat());
  const pairs = notes.filter((n) => n.lower !== undefined).length;
  return {
    medianAbsCents: median(cents.map(Math.abs)) ?? null,
    meanCents: median(cents) ?? null,
    within25Cents: cents.filter((c) => Math.abs(c) <= 25).length / Math.max(1, notes.length + pairs),
  };
}

function transcriptionOf(
  notes: readonly HeardNote[],
  truth: readonly HeardNote[],
): TakeReport["transcription"] {
  return {
    notes: noteAgreement(truth, notes),
    notesWithOffsets: noteAgreement(truth, notes, NOTE_TOLERANCES_WITH_OFFSETS),
    onsets: onsetAgreement(
      truth.map((n) => n.onsetS),
      notes.map((n) => n.onsetS),
    ),
  };
}

function countsOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
