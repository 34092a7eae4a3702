import type { Decimated } from "../../sound/decimate.ts";
import type { TimeMap } from "./align-score.ts";
import { attackBetween, bowedUntil, type Overtones } from "./attacks.ts";
import type { PitchTrack } from "./pitch-track.ts";
import type { ShortSpectra } from "./short-spectra.ts";
import { soundChange, type Stretch } from "./sound-change.ts";
import { likeness } from "./waveform-repeats.ts";
import { centsBetween, hzOfMidi, pitchesOf, samePitches, type WrittenNote } from "./written-note.ts";

/** A recording as segmentation needs it. */
export interface Recorded {
  readonly track: PitchTrack;
  /** At about 16 kHz. */
  readonly slow: Decimated;
  /** At the frames of the pitch track. */
  readonly spectra: ShortSpectra;
  readonly overtones: Overtones;
}

/** Where one written note is in a recording [s of the recording]. */
export interface NoteSegment {
  readonly note: WrittenNote;
  /** Where the alignment expects its start. */
  readonly expectedS: number;
  readonly onsetS: number;
  readonly offsetS: number;
  /** Something was heard here, loud enough to be a note. */
  readonly heard: boolean;
}

/** An onset is looked for so far from where it is expected [s], and within the half of a neighbouring note. */
const SEARCH_S = 0.2;
/** A pitch this near to a written one is that one [cents]. */
const NEAR_CENTS = 70;
/** What is before and after a change is taken from so far to either side, and not from nearer than this [s]. @assumed */
const LOOK_S = 0.3;
const CLEAR_S = 0.06;
/** A rest at least this long separates two notes [s]. @assumed */
const REST_S = 0.08;
/** A note has begun, and not yet ended, within this of its own loud part [dB]. @source cello-sound facts 4.2 */
const BEGUN_DB = -20;
const ENDED_DB = -14;
/** Same note again: what a frame farther from the expected onset must be quieter, to be taken for the bow change [dB/s]. */
const DIP_SLOPE_DB_PER_S = 25;
/** Half a frame of the pitch track: the old pitch is lost so many frames before its end is in the middle of one. */
const BREAK_FRAMES = 4;
/** After a bow change a note that stays this far below its own loud part for so long has not begun. @assumed */
const JOINED_DB = -12;
const LATE_S = 0.04;
/** A frame less periodic than this has no say in which pitch sounds [-]. @source cello-sound facts 4.2 */
const UNSURE = 0.2;
/** A change of pitch is sure if this share of the frames after it is of the new pitch, and there are so many. @assumed */
const SURE_SHARE = 0.5;
const SURE_FRAMES = 8;
/** Periods so alike belong to the same note [-]. @assumed */
const IN_SWING = 0.9;
/** A note quieter than this against the loudest was not heard [dB]. @assumed */
const UNHEARD_DB = -40;

/**
 * Onset and offset of every note of the score, near where the alignment has it.
 *
 * A note after a rest begins where the sound rises; one with another pitch than the note before, where one pitch gives way
 * to the other; a repeated note at the dip of its bow change.
 */
export function segmentNotes(
  heard: Recorded,
  notes: readonly WrittenNote[],
  timeAt: TimeMap,
): readonly NoteSegment[] {
  const { track } = heard;
  const loudest = track.levelDb.reduce((most, level) => Math.max(most, level), -Infinity);
  const onsets = notes.map((_, i) => onsetOf(heard, notes, i, timeAt));
  return notes.map((note, i) => {
    const onsetS = onsets[i]!;
    const limitS = onsets[i + 1] ?? track.hz.length * track.hopS;
    const loudDb = loudPart(track, onsetS, Math.min(limitS, onsetS + note.endS - note.startS));
    const next = notes[i + 1];
    const restS = next ? next.startS - note.endS : Infinity;
    const expectedEndS = timeAt(note.endS);
    const soundsS = restS < REST_S ? limitS : endOf(track, { onsetS, limitS, expectedEndS, loudDb });
    const offsetS = restS < REST_S ? limitS : bowedUntil(heard.overtones, onsetS, soundsS);
    return {
      note,
      expectedS: timeAt(note.startS),
      onsetS,
      offsetS: Math.max(offsetS, onsetS + track.hopS),
      heard: loudDb > loudest + UNHEARD_DB,
    };
  });
}

function onsetOf(heard: Recorded, notes: readonly WrittenNote[], i: number, timeAt: TimeMap): number {
  const [before, note] = [notes[i - 1], notes[i]!];
  const expectedS = timeAt(note.startS);
  const earliestS = Math.max(
    expectedS - SEARCH_S,
    before ? (timeAt(before.startS) + expectedS) / 2 : -Infinity,
  );
  const latestS = Math.min(expectedS + SEARCH_S, (expectedS + timeAt(note.endS)) / 2);
  const attackS = note.slurred ? undefined : attackBetween(heard.overtones, earliestS, latestS, expectedS);
  return attackS ?? changeAt(heard, { before, note }, { earliestS, expectedS, latestS }, timeAt);
}

/** Where one sound gives way to the other, for notes that begin without an attack. */
function changeAt(
  { track, slow, spectra }: Recorded,
  { before, note }: { readonly before: WrittenNote | undefined; readonly note: WrittenNote },
  {
    earliestS,
    expectedS,
    latestS,
  }: { readonly earliestS: number; readonly expectedS: number; readonly latestS: number },
  timeAt: TimeMap,
): number {
  const frames = {
    first: frameAt(track, earliestS),
    last: Math.max(frameAt(track, earliestS) + 1, frameAt(track, latestS)),
  };
  const rested = before === undefined || note.startS - before.endS >= REST_S;
  const again = !rested && isAgain(before, note);
  if (!again) {
    const change = soundChange(
      spectra,
      { first: frames.first, end: frames.last },
      ...aroundChange(track, timeAt, note, before),
    );
    if (change !== undefined) {
      const begunS = track.hopS * change.begunFrame;
      // a string may join one that is still bowed
      const joins = note.lowerMidi !== undefined || before?.lowerMidi !== undefined;
      const onsetS = joins ? begunS : track.hopS * change.frame;
      if (onsetS <= expectedS || note.lowerMidi !== undefined) return onsetS;
      // after noise, or among strings that ring on, the change may be found late, in a note that is already in full swing
      const inSwingS = backToStart(slow, onsetS, expectedS, hzOfMidi(note.midi));
      return Math.min(inSwingS, Math.max(begunS, expectedS));
    }
  }
  if (rested) {
    const endS = timeAt(note.endS);
    const loudDb = loudPart(track, expectedS, endS);
    return track.hopS * firstLoud(track, frames, loudDb + BEGUN_DB);
  }
  const soundsFrom = (frame: number): number => track.hopS * louderFrom(track, frame, timeAt(note.endS));
  if (again) return soundsFrom(dip(track, frames, expectedS));
  // two pitches together repeat at neither of them: the track cannot tell when one gave way to the other
  if (note.lowerMidi !== undefined || before.lowerMidi !== undefined) return expectedS;
  const [lost, found] = pitchChange(track, frames, before.midi, note.midi, expectedS);
  const backwards = (onsetS: number): number => backToStart(slow, onsetS, earliestS, hzOfMidi(note.midi));
  if (note.slurred) return (track.hopS * (lost + found)) / 2;
  // a bow that turns breaks the old pitch; the string may take a while to take up the new one
  return backwards(soundsFrom(lost + Math.min((found - lost) >> 1, BREAK_FRAMES)));
}

/** The bow turns, and what it goes on with sounded before: the same, or one string of a double stop. */
const isAgain = (before: WrittenNote, note: WrittenNote): boolean =>
  samePitches(before, note) ||
  (!note.slurred && pitchesOf(note).every((midi) => pitchesOf(before).includes(midi)));

/** Frames that surely hold only what was before a note, and only the note. */
function aroundChange(
  track: PitchTrack,
  timeAt: TimeMap,
  note: WrittenNote,
  before: WrittenNote | undefined,
): [Stretch, Stretch] {
  const [startS, endS] = [timeAt(note.startS), timeAt(note.endS)];
  const lengthS = endS - startS;
  const beganS = before === undefined ? startS - LOOK_S : timeAt(before.startS);
  const oldS = startS - beganS;
  const frame = (s: number): number => Math.round(s / track.hopS);
  return [
    {
      first: frame(startS - Math.min(LOOK_S, 0.6 * oldS)),
      end: frame(startS - Math.min(CLEAR_S, 0.25 * oldS)),
    },
    {
      first: frame(startS + Math.min(CLEAR_S, 0.3 * lengthS)),
      end: frame(startS + Math.min(LOOK_S, 0.8 * lengthS)),
    },
  ];
}

/** A string that merely rings on after a bow change has not begun its note yet. */
function louderFrom(track: PitchTrack, frame: number, endS: number): number {
  const last = frameAt(track, (frame * track.hopS + endS) / 2);
  const loudDb = loudPart(track, frame * track.hopS, endS);
  let quiet = frame;
  while (quiet < last && track.levelDb[quiet]! < loudDb + JOINED_DB) quiet++;
  return (quiet - frame) * track.hopS > LATE_S ? quiet : frame;
}

/** A note that is in full swing where its onset was found began before: its periods are followed back to the first. */
function backToStart(
  { samples, sampleRateHz }: Decimated,
  onsetS: number,
  earliestS: number,
  hz: number,
): number {
  const period = sampleRateHz / hz;
  let at = onsetS * sampleRateHz;
  while (at - period > earliestS * sampleRateHz) {
    if (likeness(samples, Math.round(at - period), Math.round(period), period) < IN_SWING) break;
    at -= period;
  }
  return at / sampleRateHz;
}

interface Frames {
  readonly first: number;
  readonly last: number;
}

const frameAt = (track: PitchTrack, s: number): number =>
  Math.min(Math.max(Math.round(s / track.hopS), 0), track.hz.length - 1);

/** Level that the louder tenth of a stretch has [dB]. */
function loudPart(track: PitchTrack, fromS: number, toS: number): number {
  const [first, last] = [frameAt(track, fromS), frameAt(track, toS)];
  const levels = [...track.levelDb.subarray(first, last + 1)].sort((a, b) => a - b);
  return levels[Math.floor(0.9 * levels.length)] ?? -Infinity;
}

/** Where the sound rises over a level and has its pitch or stays: the start of the last quiet-to-loud step. */
function firstLoud(track: PitchTrack, { first, last }: Frames, levelDb: number): number {
  for (let f = last; f > first; f--)
    if (track.levelDb[f]! >= levelDb && track.levelDb[f - 1]! < levelDb) return f;
  return track.levelDb[first]! >= levelDb ? first : last;
}

/**
 * Where one pitch gives way to the other: the frame before which most is the old pitch and after which most is the new.
 * Between the last frame with the old and the first with the new pitch nothing votes: that stretch is given back. It is
 * sure if most frames after it have the new pitch.
 */
function pitchChange(
  track: PitchTrack,
  { first, last }: Frames,
  from: number,
  to: number,
  expectedS: number,
): readonly [lost: number, found: number, sure: boolean] {
  const [oldHz, newHz] = [hzOfMidi(from), hzOfMidi(to)];
  const near = Math.max(NEAR_CENTS, Math.abs(to - from) * 50);
  const vote = (f: number): number => {
    const hz = track.hz[f]!;
    if (Number.isNaN(hz) || track.aperiodicity[f]! > UNSURE) return 0;
    const [toOld, toNew] = [Math.abs(centsBetween(oldHz, hz)), Math.abs(centsBetween(newHz, hz))];
    return Math.min(toOld, toNew) > near ? 0 : toOld < toNew ? -1 : 1;
  };
  let [sum, best, lost, found] = [0, 0, first, first];
  for (let f = first; f <= last; f++) {
    sum -= vote(f);
    if (sum > best) [best, lost] = [sum, f + 1];
    if (sum === best) found = f + 1;
  }
  const middle = frameAt(track, expectedS);
  if (best === 0) return [middle, middle, false];
  let after = 0;
  for (let f = found; f <= last; f++) after += vote(f);
  return [lost, found, after > SURE_SHARE * (last - found) && last - found >= SURE_FRAMES];
}

function dip(track: PitchTrack, { first, last }: Frames, expectedS: number): number {
  let best = first;
  const cost = (f: number): number =>
    track.levelDb[f]! + DIP_SLOPE_DB_PER_S * Math.abs(f * track.hopS - expectedS);
  for (let f = first; f <= last; f++) if (cost(f) < cost(best)) best = f;
  return best;
}

function endOf(
  track: PitchTrack,
  at: {
    readonly onsetS: number;
    readonly limitS: number;
    readonly expectedEndS: number;
    readonly loudDb: number;
  },
): number {
  const from = frameAt(track, (at.onsetS + Math.min(at.expectedEndS, at.limitS)) / 2);
  const to = frameAt(track, at.limitS);
  for (let f = from; f < to; f++) if (track.levelDb[f]! < at.loudDb + ENDED_DB) return f * track.hopS;
  return at.limitS;
}
