import { kWeighted } from "../../sound/k-weighting.ts";
import { decimated, type Decimated } from "../../sound/decimate.ts";
import { bowedUntil, overtonesDb, overtonesOf, type Overtones } from "./attacks.ts";
import { centroidOf, partialAmplitudes } from "./partials.ts";
import { heardPair } from "./heard-pair.ts";
import { newPitchHz } from "./new-pitch.ts";
import type { PitchTrack } from "./pitch-track.ts";
import type { NoteSegment } from "./segment-notes.ts";
import { shortSpectra, type ShortSpectra } from "./short-spectra.ts";
import { toneTexture, type ToneTexture } from "./tone-texture.ts";
import { vibratoOf, type HeardVibrato } from "./vibrato.ts";
import { likeness, settledFrom } from "./waveform-repeats.ts";
import { centsBetween, hzOfMidi } from "./written-note.ts";

/** What one note sounds like. `null` = the note is too short, or has no pitch, to say. */
export interface HeardTone extends ToneTexture {
  /** The lower pitch of a double stop; absent where one pitch is written. Then `hz` and `cents` are the upper one's. */
  readonly lower?: { readonly midi: number; readonly cents: number | null };
  /** A double stop of which only one string was heard. */
  readonly half?: boolean;
  /** Median pitch of its middle [Hz]; NaN = it has none. */
  readonly hz: number;
  /** The sound as a whole repeats at this pitch; else it was found among others, or in noise. */
  readonly clear: boolean;
  /** From the written pitch [cents], and how much it wavers: standard deviation [cents]. */
  readonly cents: number | null;
  readonly centsSpread: number | null;
  readonly vibrato: HeardVibrato | null;
  /** Mean level as ears weigh it (K-weighting) [LUFS], and its standard deviation along the note [dB]. */
  readonly levelLufs: number;
  readonly levelSpreadDb: number | null;
  /** Mean level of its middle over 1 kHz [dB]: what falls first when the bow is hardly there. */
  readonly overtonesDb: number;
  /** How much louder its middle ends than it begins, by a straight line through it [dB]. */
  readonly riseDb: number | null;
  /** How much louder its last third is than its first, both ends left out [dB]: < 0 dies away. */
  readonly fadeDb: number;
  /** Level of its first tenth of a second over that of its middle [dB]. */
  readonly attackOverDb: number;
  /** From onset until five periods in a row are alike [s]; null = never. */
  readonly settlesS: number | null;
  /** Power that does not repeat, over the whole, in its middle [-]; and the same as harmonics to noise [dB]. */
  readonly aperiodicity: number;
  readonly hnrDb: number;
  /** How much better the sound repeats after two periods than after one [-]: > 0 is a tone an octave below. */
  readonly subharmonic: number;
  /** Power of even partials over odd ones [dB]: a string that slips twice is high. */
  readonly evenOverOddDb: number | null;
  /** Centre of gravity of its partials [Hz], and how much it wavers, over itself [-]. */
  readonly centroidHz: number | null;
  readonly centroidSpread: number | null;
  /** Share of the partials' power above the third [-]. */
  readonly highShare: number | null;
}

/** A recording ready to be listened to note by note. */
export interface Heard {
  readonly track: PitchTrack;
  /** At about 16 kHz. */
  readonly slow: Decimated;
  /** At the frames of the pitch track. */
  readonly spectra: ShortSpectra;
  readonly overtones: Overtones;
  /** K-weighted, at the recording's own rate. */
  readonly weighted: Float64Array;
  readonly sampleRateHz: number;
}

export function listenTo(samples: ArrayLike<number>, sampleRateHz: number, track: PitchTrack): Heard {
  const slow = decimated(samples, sampleRateHz, 16000);
  return {
    track,
    slow,
    spectra: shortSpectra(slow, track.hopS),
    overtones: overtonesOf(slow),
    weighted: kWeighted(samples, sampleRateHz),
    sampleRateHz,
  };
}

/** The middle of a note: without the fifth at either end, where it begins and ends. */
export const EDGE = 0.2;
/** No note is shorter than this [s]. @assumed */
const SHORTEST_S = 0.05;
/** Frames within this of the median are of one pitch [cents]. */
const SAME_CENTS = 100;
/** A tone is clear if more than this share of its frames is of one pitch, and it repeats so well. @assumed */
const CLEAR_SHARE = 0.7;
const CLEAR_APERIODICITY = 0.2;
/** A pitch farther from the written one than this may be what note and ringing strings have in common [cents]: look closer. */
const OTHER_CENTS = 80;
/** A string of a double stop so far below the other one does not sound [dB]. @assumed what rings or leaks is weaker */
const HALF_DB = -22;
/** Half a period that is so like the next is a period. @assumed */
const OCTAVE_LIKENESS = 0.7;
/** Pieces a note's level and colour are followed in [s]. */
const PIECE_S = 0.08;

export function heardTone(heard: Heard, { note, onsetS, offsetS: untilS }: NoteSegment): HeardTone {
  const offsetS = soundingUntil(heard, onsetS, untilS);
  const lengthS = offsetS - onsetS;
  const middle = { fromS: onsetS + EDGE * lengthS, toS: offsetS - EDGE * lengthS };
  const { hopS } = heard.track;
  const frames = (values: Float64Array): number[] => [
    ...values.subarray(Math.round(middle.fromS / hopS), Math.max(1, Math.round(middle.toS / hopS))),
  ];
  const aperiodicity = median(frames(heard.track.aperiodicity)) ?? 1;
  const all = frames(heard.track.hz);
  const tracked = median(all.filter((p) => !Number.isNaN(p)));
  const pitches = all.filter((p) => Math.abs(centsBetween(tracked!, p)) < SAME_CENTS);
  // a tone that repeats well is believed; else open strings that ring on, or noise, hide it
  const pair =
    note.lowerMidi === undefined ? undefined : heardPair(heard.slow, middle, [note.midi, note.lowerMidi]);
  const clear =
    pair === undefined &&
    pitches.length > CLEAR_SHARE * all.length &&
    aperiodicity < CLEAR_APERIODICITY &&
    Math.abs(centsBetween(hzOfMidi(note.midi), tracked!)) < OTHER_CENTS &&
    !isOctaveBelow(heard.slow, middle, tracked!);
  const hz = pair
    ? hzOfMidi(note.midi) * 2 ** ((pair[0].cents ?? 0) / 1200)
    : clear
      ? tracked!
      : newPitchHz(heard.slow, heard.spectra, onsetS, offsetS);
  const cents = clear ? pitches.map((p) => centsBetween(hzOfMidi(note.midi), p)) : [];
  return {
    hz,
    clear,
    cents: pair ? pair[0].cents : Number.isNaN(hz) ? null : centsBetween(hzOfMidi(note.midi), hz),
    ...(pair && {
      lower: { midi: note.lowerMidi!, cents: pair[1].cents },
      half: pair.some(({ levelDb }) => levelDb !== null && levelDb < HALF_DB),
    }),
    centsSpread: cents.length >= 10 ? spread(cents) : null,
    vibrato: vibratoOf(cents, hopS),
    aperiodicity,
    hnrDb: 10 * Math.log10((1 - Math.min(aperiodicity, 0.999)) / Math.max(aperiodicity, 1e-5)),
    overtonesDb: overtonesDb(heard.overtones, middle.fromS, middle.toS),
    ...levels(heard, { fromS: onsetS, toS: offsetS }, middle),
    ...periods(heard, { onsetS, offsetS, midi: note.midi }, middle, hz),
    ...colour(heard, middle, hz),
    ...toneTexture(heard.slow, middle, note.midi),
  };
}

/** A short stroke has stopped before the next note begins: its end is where the bow ceases, though strings ring on. */
const soundingUntil = ({ overtones }: Heard, onsetS: number, offsetS: number): number =>
  Math.min(offsetS, Math.max(bowedUntil(overtones, onsetS, offsetS), onsetS + SHORTEST_S));

/** An open string an octave below that rings along makes the whole repeat only half as often as the note does. */
function isOctaveBelow({ samples, sampleRateHz }: Decimated, { fromS, toS }: Stretch, hz: number): boolean {
  const length = Math.round((toS - fromS) * sampleRateHz);
  return likeness(samples, Math.round(fromS * sampleRateHz), length, sampleRateHz / hz / 2) > OCTAVE_LIKENESS;
}

interface Stretch {
  readonly fromS: number;
  readonly toS: number;
}

function levels({ weighted, sampleRateHz }: Heard, whole: Stretch, { fromS, toS }: Stretch) {
  const levelOf = (a: number, b: number): number => {
    const [from, to] = [Math.max(0, Math.round(a * sampleRateHz)), Math.round(b * sampleRateHz)];
    let sum = 0;
    for (let n = from; n < to; n++) sum += (weighted[n] ?? 0) ** 2;
    return -0.691 + 10 * Math.log10(sum / Math.max(1, to - from) + 1e-12);
  };
  const at = (share: number): number => whole.fromS + share * (whole.toS - whole.fromS);
  const pieces = piecesOf({ fromS, toS }).map((s) => levelOf(s, s + PIECE_S));
  const levelLufs = levelOf(fromS, toS);
  return {
    levelLufs,
    levelSpreadDb: pieces.length >= 3 ? spread(pieces) : null,
    riseDb: pieces.length >= 3 ? slopeOf(pieces) * pieces.length : null,
    fadeDb: levelOf(at(0.6), at(0.9)) - levelOf(at(0.15), at(0.45)),
    attackOverDb: levelOf(whole.fromS, whole.fromS + 0.1) - levelLufs,
  };
}

const piecesOf = ({ fromS, toS }: Stretch): number[] =>
  Array.from({ length: Math.floor((toS - fromS) / PIECE_S) }, (_, i) => fromS + i * PIECE_S);

function periods(
  { slow }: Heard,
  at: { readonly onsetS: number; readonly offsetS: number; readonly midi: number },
  { fromS, toS }: Stretch,
  hz: number,
): Pick<HeardTone, "settlesS" | "subharmonic"> {
  const { samples, sampleRateHz } = slow;
  const sounding = Math.abs(centsBetween(hzOfMidi(at.midi), hz)) < 100 ? hz : hzOfMidi(at.midi);
  const period = sampleRateHz / sounding;
  const [first, last] = [at.onsetS * sampleRateHz, at.offsetS * sampleRateHz];
  const settled = settledFrom(samples, Math.round(first), last, period);
  const from = Math.round(fromS * sampleRateHz);
  const length = Math.max(1, Math.min(Math.round((toS - fromS) * sampleRateHz), Math.round(8 * period)));
  const like = (lag: number): number => likeness(samples, from, length, lag);
  return {
    settlesS: settled === undefined ? null : (settled - first) / sampleRateHz,
    subharmonic: like(2 * period) - like(period),
  };
}

function colour({ slow }: Heard, { fromS, toS }: Stretch, hz: number) {
  const unknown = { evenOverOddDb: null, centroidHz: null, centroidSpread: null, highShare: null };
  if (Number.isNaN(hz)) return unknown;
  const { samples, sampleRateHz } = slow;
  const length = Math.round(Math.max(PIECE_S, 5 / hz) * sampleRateHz);
  const partials = piecesOf({ fromS, toS }).map((s) =>
    partialAmplitudes(samples, sampleRateHz, hz, { from: Math.round(s * sampleRateHz), length }),
  );
  if (partials.length === 0) return unknown;
  const power = (test: (h: number) => boolean): number =>
    partials.reduce((sum, row) => sum + row.reduce((s, a, i) => s + (test(i + 1) ? a * a : 0), 0), 1e-15);
  const centroids = partials.map((row) => centroidOf(row, hz));
  const mean = centroids.reduce((sum, c) => sum + c, 0) / centroids.length;
  return {
    evenOverOddDb: 10 * Math.log10(power((h) => h % 2 === 0) / power((h) => h % 2 === 1)),
    centroidHz: mean,
    centroidSpread: centroids.length >= 3 ? spread(centroids) / mean : null,
    highShare: power((h) => h > 3) / power(() => true),
  };
}

/** Of the straight line through evenly spaced values, per step. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const apart = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return values.reduce((sum, x, i) => sum + (i - middle) * (x - mean), 0) / apart;
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

export function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
}
