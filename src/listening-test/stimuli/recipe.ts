import { seededRandom } from "../../math/random.ts";
import type { Recording } from "../../sound/wav.ts";
import { resampled } from "./resample.ts";
import { OPUS_RATES_HZ, throughOpus } from "./through-opus.ts";

/** One thing done to a recording. Times are seconds, levels decibels. */
export type Step =
  | { readonly do: "mono" }
  | { readonly do: "cut"; readonly fromS: number; readonly toS: number }
  | { readonly do: "resample"; readonly toHz: number }
  | { readonly do: "level"; readonly removeOffset: true }
  | { readonly do: "room"; readonly decayS: number; readonly seed: number }
  | { readonly do: "low-pass"; readonly hz: number }
  | { readonly do: "codec"; readonly codec: "opus"; readonly kbps: number }
  | { readonly do: "fade"; readonly inS: number; readonly outS: number }
  | { readonly do: "pad"; readonly toS: number }
  | { readonly do: "noise"; readonly dbfs: number; readonly seed: number }
  | { readonly do: "beeps"; readonly count: number; readonly atS: number }
  | { readonly do: "gain"; readonly db: number };

/** How a stimulus comes from a raw take: enough to make the same bytes again. */
export interface Recipe {
  readonly rawSha256: string;
  readonly steps: readonly Step[];
}

/** Does the steps in order. The same recording and steps give the same samples. */
export const applySteps = (recording: Recording, steps: readonly Step[]): Recording =>
  steps.reduce((sound, step) => applyStep(sound, step), recording);

function applyStep(sound: Recording, step: Step): Recording {
  const rate = sound.sampleRateHz;
  const each = (change: (samples: Float32Array) => Float32Array): Recording => ({
    sampleRateHz: rate,
    channels: sound.channels.map(change),
  });
  switch (step.do) {
    case "mono":
      return { sampleRateHz: rate, channels: [meanOf(sound.channels)] };
    case "cut":
      return each((x) => cut(x, Math.round(step.fromS * rate), Math.round(step.toS * rate)));
    case "resample":
      return { sampleRateHz: step.toHz, channels: sound.channels.map((x) => resampled(x, rate, step.toHz)) };
    case "level":
      return each((x) => {
        const mean = x.reduce((sum, v) => sum + v, 0) / Math.max(1, x.length);
        return x.map((v) => v - mean);
      });
    case "room":
      return each((x) => inRoom(x, rate, step));
    case "low-pass":
      return each((x) => lowPassed(x, rate, step.hz));
    case "codec":
      return each((x) => throughOpus(x, opusRate(rate), step.kbps));
    case "fade":
      return each((x) => faded(x, step.inS * rate, step.outS * rate));
    case "pad":
      return each((x) => cut(x, 0, Math.round(step.toS * rate)));
    case "noise":
      return each((x) => withNoise(x, step));
    case "beeps":
      return each((x) => withBeeps(x, rate, step));
    case "gain":
      return each((x) => x.map((v) => v * 10 ** (step.db / 20)));
  }
}

function opusRate(rateHz: number) {
  const known = OPUS_RATES_HZ.find((hz) => hz === rateHz);
  if (known === undefined)
    throw new RangeError(`Opus works at ${OPUS_RATES_HZ.join(", ")} Hz, not at ${rateHz} Hz: resample first`);
  return known;
}

function meanOf(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0]!;
  return Float32Array.from(
    channels[0]!,
    (_, i) => channels.reduce((sum, c) => sum + c[i]!, 0) / channels.length,
  );
}

/** Samples from … to, silence where there are none. */
function cut(x: Float32Array, from: number, to: number): Float32Array {
  const out = new Float32Array(to - from);
  out.set(x.subarray(Math.max(0, from), Math.max(0, to)), Math.max(0, -from));
  return out;
}

function faded(x: Float32Array, fadeIn: number, fadeOut: number): Float32Array {
  const raised = (share: number): number => 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, Math.max(0, share)));
  return x.map((v, i) => v * raised((i + 0.5) / fadeIn) * raised((x.length - i - 0.5) / fadeOut));
}

/**
 * A small hall: eight feedback delays of lengths without common factor, mixed by a Householder reflection, added to the
 * direct sound 12 dB lower.
 *
 * @source Jot and Chaigne, AES 90th convention (1991)
 */
function inRoom(
  x: Float32Array,
  rate: number,
  { decayS, seed }: { readonly decayS: number; readonly seed: number },
) {
  const random = seededRandom(seed);
  const lines = Array.from(
    { length: 8 },
    (_, i) => new Float32Array(Math.round(rate * (0.023 + 0.006 * i + 0.002 * random()))),
  );
  const gains = lines.map((line) => 10 ** ((-3 * line.length) / (rate * decayS)));
  const at = new Int32Array(8);
  const out = new Float32Array(x.length);
  for (let n = 0; n < x.length; n++) {
    let sum = 0;
    for (let i = 0; i < 8; i++) sum += lines[i]![at[i]!]!;
    for (let i = 0; i < 8; i++) {
      const line = lines[i]!;
      const heard = line[at[i]!]!;
      line[at[i]!] = x[n]! + gains[i]! * (heard - sum / 4);
      at[i] = (at[i]! + 1) % line.length;
    }
    out[n] = x[n]! + (0.25 / 8) * sum;
  }
  return out;
}

/** Butterworth of fourth order, as two sections. */
function lowPassed(x: Float32Array, rate: number, hz: number): Float32Array {
  let sound = x;
  for (const q of [0.541196, 1.306563]) {
    const w = (2 * Math.PI * hz) / rate;
    const alpha = Math.sin(w) / (2 * q);
    const a0 = 1 + alpha;
    const b = (1 - Math.cos(w)) / 2 / a0;
    const [a1, a2] = [(-2 * Math.cos(w)) / a0, (1 - alpha) / a0];
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    sound = sound.map((v) => {
      const y = b * (v + 2 * x1 + x2) - a1 * y1 - a2 * y2;
      [x2, x1, y2, y1] = [x1, v, y1, y];
      return y;
    });
  }
  return sound;
}

function withNoise(
  x: Float32Array,
  { dbfs, seed }: { readonly dbfs: number; readonly seed: number },
): Float32Array {
  const random = seededRandom(seed);
  // Uniform in ±√3 σ
  const scale = 2 * Math.sqrt(3) * 10 ** (dbfs / 20);
  return x.map((v) => v + scale * (random() - 0.5));
}

const BEEP_S = 0.18;
const BEEP_EVERY_S = 0.36;
/** Silence on either side of the beeps [s]. */
const BEEP_PAUSE_S = 0.12;

/** Silences the music and beeps so many times. */
function withBeeps(
  x: Float32Array,
  rate: number,
  { count, atS }: { readonly count: number; readonly atS: number },
) {
  const out = Float32Array.from(x);
  const level = 0.6 * Math.max(0.05, ...blockPeaks(x));
  const from = Math.round(atS * rate);
  const to = Math.min(
    x.length,
    from + Math.round(((count - 1) * BEEP_EVERY_S + BEEP_S + 2 * BEEP_PAUSE_S) * rate),
  );
  for (let i = from; i < to; i++) {
    const since = (i - from) / rate - BEEP_PAUSE_S;
    const inBeep = since < 0 ? BEEP_S : since % BEEP_EVERY_S;
    const edge = Math.min(1, inBeep / 0.01, (BEEP_S - inBeep) / 0.01);
    out[i] = inBeep < BEEP_S ? level * edge * Math.sin(2 * Math.PI * 1000 * ((i - from) / rate)) : 0;
  }
  return out;
}

function blockPeaks(x: Float32Array): number[] {
  const peaks: number[] = [];
  for (let i = 0; i < x.length; i += 4096)
    peaks.push(x.subarray(i, i + 4096).reduce((m, v) => Math.max(m, Math.abs(v)), 0));
  return peaks;
}
