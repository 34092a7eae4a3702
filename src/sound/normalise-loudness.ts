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

/** What one gain does to a whole recording. */
export interface LoudnessGain {
  readonly gainDb: number;
  /** Of the result. */
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
}

/** The gain that brings a recording of one or two channels to a loudness; none for silence. */
export function loudnessGain(
  channels: readonly ArrayLike<number>[],
  sampleRateHz: number,
  target: LoudnessTarget = LISTENING_LEVEL,
): LoudnessGain {
  const loudness = measureLoudness(channels, sampleRateHz).integratedLufs;
  const peak = Math.max(...channels.map(truePeakDbtp));
  const wanted = loudness === -Infinity ? 0 : target.integratedLufs - loudness;
  const gainDb = peak === -Infinity ? 0 : Math.min(wanted, target.maxTruePeakDbtp - peak);
  return { gainDb, integratedLufs: loudness + gainDb, truePeakDbtp: peak + gainDb };
}

export interface NormalisedSound extends LoudnessGain {
  readonly samples: Float32Array;
}

/** Brings a whole mono recording to one loudness by one gain; silence stays as it is. */
export function normaliseLoudness(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  target: LoudnessTarget = LISTENING_LEVEL,
): NormalisedSound {
  const gain = loudnessGain([samples], sampleRateHz, target);
  const factor = 10 ** (gain.gainDb / 20);
  return { samples: Float32Array.from(samples, (x) => x * factor), ...gain };
}
