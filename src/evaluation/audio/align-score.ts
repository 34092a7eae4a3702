import { BANDS, LOWEST_BAND, semitoneSpectrum, type SemitoneSpectrum } from "./semitone-spectrum.ts";
import { pitchesOf, type WrittenNote } from "./written-note.ts";

/** Tells where in a recording a moment of the score is. */
export type TimeMap = (scoreS: number) => number;

const HOP_S = 0.02;
/** More frames than this on either side are too many to keep; a longer piece gets longer hops. */
const MOST_FRAMES = 6000;
/** What standing still in score or sound costs, for each frame [of a wholly wrong frame]. @assumed */
const STEP_ASIDE = 0.35;
/** A frame so far below the loud ones is silence [dB]. @assumed */
const SILENT_DB = -42;
/** What a rest costs that is not silent. @assumed strings ring on in rests */
const LOUD_REST = 0.35;
/** Partials a note is looked for by, each weaker than the one before by this factor. @assumed */
const PARTIALS = 8;
const WEAKER = 0.8;
/**
 * Where every moment of the score is in a recording, to a few hundredths of a second: the cheapest way through both
 * (dynamic time warping). The recording may begin earlier and end later, and go slower, faster or stand still.
 *
 * A frame of sound fits a note if its semitones have the shape of the note's partials.
 *
 * @source Müller, Fundamentals of Music Processing (2015), chapters 3 and 7: subsequence DTW
 */
export function alignScore(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  notes: readonly WrittenNote[],
): TimeMap {
  const firstS = notes[0]!.startS;
  const lengthS = notes.at(-1)!.endS - firstS;
  const soundS = samples.length / sampleRateHz;
  const hopS = Math.max(HOP_S, Math.max(lengthS, soundS) / MOST_FRAMES);
  const heard = shapesOf(semitoneSpectrum(samples, sampleRateHz, hopS));
  const rows = Math.max(2, Math.round(lengthS / hopS));
  const path = cheapestPath(rows, heard, wantedRows(notes, rows, hopS));
  return (scoreS) => {
    const row = (scoreS - firstS) / hopS;
    const k = Math.min(Math.max(Math.floor(row), 0), rows - 2);
    const [a, b] = [path[k]!, path[k + 1]!];
    const slope = row < 0 || row > rows - 1 ? 1 : b - a; // outside the notes the recording goes on in the score's tempo
    return (a + slope * (row - k)) * hopS;
  };
}

interface Shapes {
  readonly frames: number;
  /** [frames × BANDS], each frame of length 1, or 0 where it is silent. */
  readonly unit: Float32Array;
}

/** Compressed, so that strong and weak partials count alike. */
function shapesOf({ frames, amplitude }: SemitoneSpectrum): Shapes {
  const unit = new Float32Array(frames * BANDS);
  const loudness = Float64Array.from({ length: frames }, (_, f) => {
    let sum = 0;
    for (let b = 0; b < BANDS; b++) sum += amplitude[f * BANDS + b]! ** 2;
    return Math.sqrt(sum);
  });
  const loud = [...loudness].sort((a, b) => a - b)[Math.floor(0.9 * frames)] ?? 0;
  for (let f = 0; f < frames; f++) {
    if (loudness[f]! <= loud * 10 ** (SILENT_DB / 20)) continue;
    let norm = 0;
    for (let b = 0; b < BANDS; b++) {
      const x = Math.log1p((30 * amplitude[f * BANDS + b]!) / loudness[f]!);
      unit[f * BANDS + b] = x;
      norm += x * x;
    }
    for (let b = 0; b < BANDS; b++) unit[f * BANDS + b]! /= Math.sqrt(norm);
  }
  return { frames, unit };
}

/** The shape each row of the score asks for; `null` in a rest. */
function wantedRows(notes: readonly WrittenNote[], rows: number, hopS: number): (Float32Array | null)[] {
  const shapes = new Map<string, Float32Array>();
  const shapeOf = (note: WrittenNote): Float32Array => {
    const pitches = pitchesOf(note);
    const key = pitches.join();
    if (!shapes.has(key)) shapes.set(key, partialsOf(pitches));
    return shapes.get(key)!;
  };
  let n = 0;
  return Array.from({ length: rows }, (_, row) => {
    const s = notes[0]!.startS + (row + 0.5) * hopS;
    while (n + 1 < notes.length && notes[n + 1]!.startS <= s) n++;
    return s < notes[n]!.endS ? shapeOf(notes[n]!) : null;
  });
}

function partialsOf(pitches: readonly number[]): Float32Array {
  const shape = new Float32Array(BANDS);
  for (const midi of pitches)
    for (let h = 1; h <= PARTIALS; h++) {
      const band = Math.round(midi + 12 * Math.log2(h)) - LOWEST_BAND;
      if (band >= 0 && band < BANDS) shape[band] = Math.max(shape[band]!, WEAKER ** (h - 1));
    }
  const norm = Math.sqrt(shape.reduce((sum, x) => sum + x * x, 0));
  return shape.map((x) => x / norm);
}

const BOTH = 0;
const SOUND_ONLY = 1;
const SCORE_ONLY = 2;

/** Frame of the recording for each row of the score. */
function cheapestPath(rows: number, heard: Shapes, wanted: readonly (Float32Array | null)[]): Float64Array {
  const { frames } = heard;
  const from = new Uint8Array(rows * frames);
  let before = new Float64Array(frames);
  let now = new Float64Array(frames);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < frames; f++) {
      const here = costOf(wanted[row]!, heard, f);
      // any frame may be the first
      let [best, step] = row === 0 ? [0, BOTH] : [f > 0 ? before[f - 1]! : Infinity, BOTH];
      if (f > 0 && now[f - 1]! + STEP_ASIDE < best) [best, step] = [now[f - 1]! + STEP_ASIDE, SOUND_ONLY];
      if (row > 0 && before[f]! + STEP_ASIDE < best) [best, step] = [before[f]! + STEP_ASIDE, SCORE_ONLY];
      now[f] = best + here;
      from[row * frames + f] = step;
    }
    [before, now] = [now, before];
  }
  let f = before.indexOf(Math.min(...before));
  const path = new Float64Array(rows);
  for (let row = rows - 1; row >= 0;) {
    path[row] = f; // the first frame of each row
    const step = from[row * frames + f]!;
    if (step !== SCORE_ONLY) f--;
    if (step !== SOUND_ONLY) row--;
  }
  return path;
}

function costOf(wanted: Float32Array | null, { unit }: Shapes, frame: number): number {
  const at = frame * BANDS;
  let [like, loud] = [0, 0];
  for (let b = 0; b < BANDS; b++) {
    like += (wanted?.[b] ?? 0) * unit[at + b]!;
    loud += unit[at + b]!;
  }
  if (wanted === null) return loud > 0 ? LOUD_REST : 0;
  return 1 - like;
}
