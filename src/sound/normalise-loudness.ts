import { measureLoudness } from "./loudness.ts";
import { truePeakDbtp } from "./true-peak.ts";

export interface LoudnessTarget {
  /** [LUFS] */
  readonly integratedLufs: number;
  /** The gain stops here even if the loudness is not reached [dBTP]. */
  readonly maxTruePeakDbtp: number;
}

/** Level for listening tests. @source EBU R 128 */
export const LISTENING_LEVEL: LoudnessTarget = { integratedLufs: -23, maxTruePeakDbtp: -1 };

export interface NormalisedSound {
  readonly samples: Float32Array;
  /** What was applied, one gain for the whole recording [dB]. */
  readonly gainDb: number;
  /** Of the result. */
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
}

/** Brings a whole mono recording to one loudness by one gain; silence stays as it is. */
export function normaliseLoudness(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  target: LoudnessTarget = LISTENING_LEVEL,
): NormalisedSound {
  const loudness = measureLoudness([samples], sampleRateHz).integratedLufs;
  const peak = truePeakDbtp(samples);
  const wanted = loudness === -Infinity ? 0 : target.integratedLufs - loudness;
  const gainDb = peak === -Infinity ? 0 : Math.min(wanted, target.maxTruePeakDbtp - peak);
  const gain = 10 ** (gainDb / 20);
  return {
    samples: Float32Array.from(samples, (x) => x * gain),
    gainDb,
    integratedLufs: loudness + gainDb,
    truePeakDbtp: peak + gainDb,
  };
}
