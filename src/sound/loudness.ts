import { kWeighted } from "./k-weighting.ts";

/** How loud a recording is. All levels are −∞ for silence or for a signal shorter than the window. */
export interface Loudness {
  /** The whole recording, gated [LUFS]. */
  readonly integratedLufs: number;
  /** Windows of 400 ms, one every 100 ms, ungated [LUFS]. */
  readonly momentaryLufs: Float64Array;
  /** Windows of 3 s, one every 100 ms, ungated [LUFS]. */
  readonly shortTermLufs: Float64Array;
}

const HOPS_PER_SECOND = 10;
const MOMENTARY_HOPS = 4;
const SHORT_TERM_HOPS = 30;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/**
 * Loudness of a mono or stereo recording.
 *
 *     L = −0.691 + 10·log10 Σ z     z: mean square of each K-weighted channel
 *
 * Blocks of 400 ms overlap by 75 %; those under −70 LUFS, then those 10 LU under the mean of the rest, do not count.
 * A last block that is not complete is left out.
 *
 * @param channels one or two (left, right), equally long, full scale = 1
 * @param sampleRateHz a multiple of 10 Hz
 * @source ITU-R BS.1770-4; EBU Tech 3341
 */
export function measureLoudness(channels: readonly ArrayLike<number>[], sampleRateHz: number): Loudness {
  const hops = hopEnergies(channels, sampleRateHz);
  const momentary = windowMeans(hops, MOMENTARY_HOPS);
  return {
    integratedLufs: gated(momentary),
    momentaryLufs: momentary.map(lufs),
    shortTermLufs: windowMeans(hops, SHORT_TERM_HOPS).map(lufs),
  };
}

/** Share of the short-term levels that is below the range, and below or in it. */
const RANGE_FROM = 0.1;
const RANGE_TO = 0.95;
const RANGE_GATE_LU = -20;

/**
 * How far a recording's loud and quiet parts lie apart: from the 10th to the 95th percentile of the short-term levels that
 * are over −70 LUFS and within 20 LU of their mean.
 *
 * @param shortTermLufs as `measureLoudness` gives them
 * @returns [LU]; 0 for silence
 * @source EBU Tech 3342
 */
export function loudnessRangeLu(shortTermLufs: Float64Array): number {
  const audible = shortTermLufs.filter((level) => level > ABSOLUTE_GATE_LUFS);
  const gate = lufs(mean(audible.map((level) => 10 ** ((level + 0.691) / 10)))) + RANGE_GATE_LU;
  const counted = audible.filter((level) => level > gate).sort();
  const at = (share: number): number => counted[Math.round(share * (counted.length - 1))] ?? 0;
  return at(RANGE_TO) - at(RANGE_FROM);
}

/** Mean square of the weighted channels, summed over them, in each 100 ms. */
function hopEnergies(channels: readonly ArrayLike<number>[], sampleRateHz: number): Float64Array {
  const hop = Math.round(sampleRateHz / HOPS_PER_SECOND);
  const energies = new Float64Array(Math.floor((channels[0]?.length ?? 0) / hop));
  for (const channel of channels) {
    const weighted = kWeighted(channel, sampleRateHz);
    for (let h = 0; h < energies.length; h++) {
      let sum = 0;
      for (let i = h * hop; i < (h + 1) * hop; i++) sum += weighted[i]! * weighted[i]!;
      energies[h]! += sum / hop;
    }
  }
  return energies;
}

function windowMeans(hops: Float64Array, width: number): Float64Array {
  const means = new Float64Array(Math.max(0, hops.length - width + 1));
  for (let i = 0; i < means.length; i++) means[i] = mean(hops.subarray(i, i + width));
  return means;
}

function gated(blocks: Float64Array): number {
  const audible = blocks.filter((z) => lufs(z) > ABSOLUTE_GATE_LUFS);
  const gate = lufs(mean(audible)) + RELATIVE_GATE_LU;
  return lufs(mean(audible.filter((z) => lufs(z) > gate)));
}

/** 0 for no values at all: silence. */
const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, z) => sum + z, 0) / values.length;

const lufs = (z: number): number => -0.691 + 10 * Math.log10(z);
