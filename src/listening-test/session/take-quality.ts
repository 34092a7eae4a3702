import { measureLoudness } from "../../sound/loudness.ts";
import { truePeakDbtp } from "../../sound/true-peak.ts";
import type { Recording } from "../../sound/wav.ts";
import type { Take } from "./session-state.ts";

/** What a recording is like, to keep or reject it by. */
export interface TakeQuality {
  readonly durationS: number;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  /** Samples at full scale: the gain was too high. */
  readonly clipped: number;
  /** Level of the quietest fiftieth: the pause before or after the music [dBFS]. */
  readonly noiseFloorDbfs: number;
  /** Mean of the samples [-]. */
  readonly dcOffset: number;
}

const BLOCK_S = 0.05;
const QUIETEST_DBFS = -140;

export function takeQuality({ sampleRateHz, channels }: Recording): TakeQuality {
  const [first] = channels;
  const samples = first ?? new Float32Array();
  let [clipped, sum] = [0, 0];
  for (const channel of channels) for (const x of channel) if (Math.abs(x) >= 0.99999) clipped++;
  for (const x of samples) sum += x;
  return {
    durationS: samples.length / sampleRateHz,
    sampleRateHz,
    channels: channels.length,
    integratedLufs: atLeast(measureLoudness(channels.slice(0, 2), sampleRateHz).integratedLufs),
    truePeakDbtp: atLeast(Math.max(...channels.map(truePeakDbtp))),
    clipped,
    noiseFloorDbfs: noiseFloor(samples, sampleRateHz),
    dcOffset: samples.length === 0 ? 0 : sum / samples.length,
  };
}

/** JSON has no −∞. */
const atLeast = (db: number): number => Math.max(QUIETEST_DBFS, db);

function noiseFloor(samples: Float32Array, sampleRateHz: number): number {
  const length = Math.round(BLOCK_S * sampleRateHz);
  const levels: number[] = [];
  for (let from = 0; from + length <= samples.length; from += length) {
    let energy = 0;
    for (let i = from; i < from + length; i++) energy += samples[i]! ** 2;
    levels.push(energy / length);
  }
  levels.sort((a, b) => a - b);
  return atLeast(10 * Math.log10(levels[Math.floor(levels.length / 50)] ?? 0));
}

/** Loudness curves of the same music, simulated and recorded, agree at least so well [-]. */
const LEAST_CORRELATION = 0.3;

/** What speaks against keeping a recorded take, one sentence each. */
export function takeFaults({ recorded }: Take): readonly string[] {
  const { quality, alignment } = recorded!;
  return [
    ...qualityFaults(quality),
    ...(alignment !== undefined && alignment.correlation < LEAST_CORRELATION
      ? [
          `recording and bag cannot be put in step (correlation ${alignment.correlation.toFixed(2)}, at least ${LEAST_CORRELATION} is needed): is it the right microphone?`,
        ]
      : []),
  ];
}

/** What speaks against a recording. */
export function qualityFaults(quality: TakeQuality): readonly string[] {
  return [
    ...(quality.clipped > 0 ? [`${quality.clipped} samples are at full scale: lower the gain`] : []),
    ...(quality.integratedLufs < -50
      ? [`it is nearly silent (${quality.integratedLufs.toFixed(0)} LUFS)`]
      : []),
    ...(quality.noiseFloorDbfs > quality.integratedLufs - 15
      ? [`the noise floor (${quality.noiseFloorDbfs.toFixed(0)} dBFS) is close to the music`]
      : []),
    ...(Math.abs(quality.dcOffset) > 0.01
      ? [`the samples have an offset of ${quality.dcOffset.toFixed(3)}`]
      : []),
  ];
}
