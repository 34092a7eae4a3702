import type { Score } from "../../score/score.ts";
import { measureLoudness, loudnessRangeLu } from "../../sound/loudness.ts";
import { truePeakDbtp } from "../../sound/true-peak.ts";
import type { Recording } from "../../sound/wav.ts";
import { alignScore } from "./align-score.ts";
import { dynamicsHeard } from "./dynamics-heard.ts";
import { heardTone, listenTo, median } from "./heard-tone.ts";
import { noteFaults, type HeardNoteInTake } from "./note-faults.ts";
import { trackPitch } from "./pitch-track.ts";
import { segmentNotes } from "./segment-notes.ts";
import { takeClock, type TakeClock } from "./take-clock.ts";
import type { NoteHearing, TakeReport } from "./take-report.ts";
import { toneAttributes } from "./tone-attributes.ts";
import {
  noteAgreement,
  NOTE_TOLERANCES_WITH_OFFSETS,
  onsetAgreement,
  type HeardNote,
} from "./transcription-measures.ts";
import { hzOfMidi, writtenNotes } from "./written-note.ts";

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
  const timeAt = known
    ? (scoreS: number) => known.zeroS + scoreS / known.tempo
    : alignScore(mono, sampleRateHz, written);
  const segments = segmentNotes(heard.track, heard.slow, written, timeAt);
  const clock =
    known ??
    takeClock(segments.filter((s) => s.heard).map((s) => ({ scoreS: s.note.startS, heardS: s.onsetS })));
  const inTake = segments.map((segment): HeardNoteInTake => {
    const lateS = segment.onsetS - (clock.zeroS + segment.note.startS / clock.tempo);
    return { segment, tone: heardTone(heard, segment), lateS };
  });
  const faults = noteFaults(inTake);
  const notes = inTake.map(({ segment: { note, onsetS, offsetS }, tone, lateS }, i): NoteHearing => {
    return {
      index: note.index,
      midi: note.midi,
      dynamic: note.dynamic,
      onsetS,
      offsetS,
      lateS,
      fault: faults[i]!,
      ...tone,
    };
  });
  return {
    title: score.title,
    durationS: mono.length / sampleRateHz,
    loudness: loudnessOf(recording),
    clock: { ...clock, source: known ? "bag" : "ears" },
    onsets: onsetsOf(notes),
    intonation: intonationOf(notes),
    dynamics: dynamicsHeard(notes),
    tone: {
      hnrDb: median(notes.map((n) => n.hnrDb)) ?? NaN,
      settlesS: median(notes.flatMap((n) => n.settlesS ?? [])) ?? null,
      settledInTime: notes.filter((n) => (n.settlesS ?? 1) <= SETTLED_IN_TIME_S).length / notes.length,
      centroidHz: median(notes.flatMap((n) => n.centroidHz ?? [])) ?? null,
    },
    attributes: toneAttributes(notes),
    transcription: transcriptionOf(
      notes.filter((n) => n.fault !== "missing"),
      written.map((n) => ({
        onsetS: clock.zeroS + n.startS / clock.tempo,
        offsetS: clock.zeroS + n.endS / clock.tempo,
        hz: hzOfMidi(n.midi),
      })),
    ),
    faults: countsOf(faults.flatMap((fault) => fault ?? [])),
    notes,
  };
}

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

function intonationOf(notes: readonly NoteHearing[]): TakeReport["intonation"] {
  const cents = notes.flatMap((n) => n.cents ?? []);
  return {
    medianAbsCents: median(cents.map(Math.abs)) ?? null,
    meanCents: median(cents) ?? null,
    within25Cents: cents.filter((c) => Math.abs(c) <= 25).length / Math.max(1, notes.length),
  };
}

function transcriptionOf(
  notes: readonly NoteHearing[],
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
