import type { Decimated } from "../../sound/decimate.ts";
import { fineSpectrum, FINE_SIZE } from "./fine-spectrum.ts";
import { hzOfMidi } from "./written-note.ts";

/** What a tone is made of beside its pitch: for strings that ring on can hide neither noise, nor missing partials, nor a whistle. */
export interface ToneTexture {
  /** Geometric over arithmetic mean of the power from 300 to 3000 Hz [dB]: about −3 for noise, under −20 for tones. */
  readonly flatnessDb: number;
  /** Power of the written pitch's even partials over its odd ones [dB]: a string that slips twice a period is high. */
  readonly doubledDb: number;
  /** The strongest tone over 500 Hz that is no partial of the written pitch, against the strongest partial [dB]. */
  readonly whistleDb: number;
}

const LOOK_S = 0.35;
const NOISE_FROM_HZ = 300;
const NOISE_TO_HZ = 3000;
/** Partials up to here are even or odd [Hz]. */
const PARTIALS_TO_HZ = 2500;
/** Whistles are looked for from here to there, and from this many times the fundamental on [Hz], [-]. */
const WHISTLE_FROM_HZ = 500;
const WHISTLE_TO_HZ = 4000;
const WHISTLE_FROM_PARTIAL = 3.3;
/** A line so near a partial belongs to it: this share of the fundamental, at least so much [-], [Hz]. @assumed */
const NEAR_SHARE = 0.15;
const NEAR_HZ = 14;

/** @param fromS, toS the middle of a note */
export function toneTexture(
  { samples, sampleRateHz }: Decimated,
  { fromS, toS }: { readonly fromS: number; readonly toS: number },
  midi: number,
): ToneTexture {
  const lengthS = Math.min(LOOK_S, toS - fromS);
  const at = 0.5 * (fromS + toS - lengthS);
  const length = Math.max(1, Math.round(lengthS * sampleRateHz));
  const lines = fineSpectrum(samples, Math.round(at * sampleRateHz), length);
  const hzPerLine = sampleRateHz / FINE_SIZE;
  const f0 = hzOfMidi(midi);
  return {
    flatnessDb: flatness(
      lines.subarray(Math.round(NOISE_FROM_HZ / hzPerLine), Math.round(NOISE_TO_HZ / hzPerLine)),
    ),
    ...partialsAndWhistle(lines, f0, hzPerLine),
  };
}

function flatness(lines: Float64Array): number {
  let [logs, power] = [0, 0];
  for (const a of lines) {
    logs += Math.log10(a * a + 1e-20) / lines.length;
    power += (a * a + 1e-20) / lines.length;
  }
  return 10 * (logs - Math.log10(power));
}

function partialsAndWhistle(lines: Float64Array, f0: number, hzPerLine: number) {
  const near = Math.min(0.45 * f0, Math.max(NEAR_HZ, NEAR_SHARE * f0));
  let [even, odd, partial, whistle] = [1e-15, 1e-15, 1e-9, 1e-12];
  const last = Math.min(lines.length, Math.round(WHISTLE_TO_HZ / hzPerLine));
  for (let k = Math.round((0.6 * f0) / hzPerLine); k < last; k++) {
    const hz = k * hzPerLine;
    const h = Math.max(1, Math.round(hz / f0));
    const a = lines[k]!;
    if (Math.abs(hz - h * f0) <= near) {
      partial = Math.max(partial, a);
      if (hz > PARTIALS_TO_HZ) continue;
      if (h % 2 === 0) even += a * a;
      else odd += a * a;
    } else if (hz > WHISTLE_FROM_HZ && hz > WHISTLE_FROM_PARTIAL * f0) whistle = Math.max(whistle, a);
  }
  return { doubledDb: 10 * Math.log10(even / odd), whistleDb: 20 * Math.log10(whistle / partial) };
}
