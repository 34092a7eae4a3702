import { kWeighted } from "./k-weighting.ts";

/** How loud a recording is. All levels are −∞ for silence or for a signal shorter than the window. */
export interface Loudness {
  /** The whole recording, gated [LUFS]. */
  readonly integratedLufs: number;
  /** Windows of 400 ms, one every 10 ms, ungated [LUFS]: close enough to catch a burst of 400 ms whole. */
  readonly momentaryLufs: Float64Array;
  /** Windows of 3 s, one every 100 ms, ungated [LUFS]. */
  readonly shortTermLufs: Float64Array;
}

const HOPS_PER_SECOND = 100;
const MOMENTARY_HOPS = 40;
const SHORT_TERM_HOPS = 300;
/** Short-term windows, and the blocks that are gated, begin every 100 ms. */
const COARSE_HOPS = 10;
/** Weights of left, right, centre, and the two surround channels [-]. */
const CHANNEL_WEIGHTS = [1, 1, 1, 1.41, 1.41] as const;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/**
 * Loudness of a mono, stereo or five-channel recording.
 *
 *     L = −0.691 + 10·log10 Σ G·z     z: mean square of each K-weighted channel, G its weight
 *
 * Blocks of 400 ms overlap by 75 %; those under −70 LUFS, then those 10 LU under the mean of the rest, do not count.
 * A last block that is not complete is left out.
 *
 * @param channels one, two (left, right) or five (and centre, left and right surround), equally long, full scale = 1
 * @source ITU-R BS.1770-4; EBU Tech 3341
 */
export function measureLoudness(channels: readonly ArrayLike<number>[], sampleRateHz: number): Loudness {
  const hops = hopEnergies(channels, sampleRateHz);
  return {
    integratedLufs: gated(windowMeans(hops, MOMENTARY_HOPS, COARSE_HOPS)),
    momentaryLufs: windowMeans(hops, MOMENTARY_HOPS, 1).map(lufs),
    shortTermLufs: windowMeans(hops, SHORT_TERM_HOPS, COARSE_HOPS).map(lufs),
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

/** Mean square of the weighted channels, summed over them, in each 10 ms. */
function hopEnergies(channels: readonly ArrayLike<number>[], sampleRateHz: number): Float64Array {
  const length = channels[0]?.length ?? 0;
  const startOf = (h: number): number => Math.round((h * sampleRateHz) / HOPS_PER_SECOND);
  const energies = new Float64Array(Math.floor((length * HOPS_PER_SECOND) / sampleRateHz + 1e-9));
  channels.forEach((channel, c) => {
    const weighted = kWeighted(channel, sampleRateHz);
    for (let h = 0; h < energies.length; h++) {
      let sum = 0;
      for (let i = startOf(h); i < startOf(h + 1); i++) sum += weighted[i]! * weighted[i]!;
      energies[h]! += (CHANNEL_WEIGHTS[c]! * sum * HOPS_PER_SECOND) / sampleRateHz;
    }
  });
  return energies;
}

/** Means of `width` hops, from every `step`th on. */
function windowMeans(hops: Float64Array, width: number, step: number): Float64Array {
  const means = new Float64Array(Math.max(0, Math.floor((hops.length - width) / step) + 1));
  for (let i = 0; i < means.length; i++) means[i] = mean(hops.subarray(i * step, i * step + width));
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
