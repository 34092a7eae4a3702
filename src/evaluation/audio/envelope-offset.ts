const HOP_S = 0.005;

/** Share of the shorter recording that must lie in the other: ends that hardly touch agree by chance. */
const LEAST_OVERLAP = 0.8;

/** How much later one recording of the same music is than another. */
export interface Offset {
  /** Add this to a time of the first to find it in the second [s]. */
  readonly offsetS: number;
  /** Of the loudness curves at that place; 1 equal, 0 unrelated [-]. */
  readonly correlation: number;
}

/**
 * Where the first recording lies in the second, by the rise and fall of their loudness; to a fraction of a hop.
 *
 * @param mostS how far apart they may be
 */
export function envelopeOffset(
  first: { readonly samples: Float32Array; readonly sampleRateHz: number },
  second: { readonly samples: Float32Array; readonly sampleRateHz: number },
  mostS: number,
): Offset {
  const [a, b] = [risesOf(first), risesOf(second)];
  const most = Math.round(mostS / HOP_S);
  const overlap = LEAST_OVERLAP * Math.min(a.length, b.length);
  // The whole first recording counts: one note of it that resembles one of the second is no agreement.
  const whole = a.reduce((sum, x) => sum + x ** 2, 0);
  const alike = Float64Array.from({ length: 2 * most + 1 }, (_, i) => {
    const shift = i - most;
    const [from, to] = [Math.max(0, -shift), Math.min(a.length, b.length - shift)];
    return to - from < overlap ? -Infinity : correlation(a, b, { shift, from, to }, whole);
  });
  const best = alike.indexOf(alike.reduce((x, y) => Math.max(x, y), -Infinity));
  return { offsetS: (best - most + peakBetween(alike, best)) * HOP_S, correlation: alike[best]! };
}

function correlation(
  a: Float64Array,
  b: Float64Array,
  { shift, from, to }: { readonly shift: number; readonly from: number; readonly to: number },
  whole: number,
): number {
  let [ab, bb] = [0, 0];
  for (let i = from; i < to; i++) {
    ab += a[i]! * b[i + shift]!;
    bb += b[i + shift]! ** 2;
  }
  return whole > 0 && bb > 0 ? ab / Math.sqrt(whole * bb) : 0;
}

/** Top of the parabola through a peak and its neighbours [hops from it]. */
function peakBetween(values: Float64Array, at: number): number {
  const [before, top, after] = [values[at - 1], values[at]!, values[at + 1]];
  if (before === undefined || after === undefined) return 0;
  const bend = before - 2 * top + after;
  return Number.isFinite(bend) && bend < 0 ? (before - after) / (2 * bend) : 0;
}

/** Change of the level in decibels from hop to hop, held at −60 dB below the loudest. */
function risesOf({
  samples,
  sampleRateHz,
}: {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
}) {
  const hop = Math.round(HOP_S * sampleRateHz);
  const levels = Float64Array.from({ length: Math.floor(samples.length / hop) }, (_, h) => {
    let energy = 0;
    for (let i = h * hop; i < (h + 1) * hop; i++) energy += samples[i]! ** 2;
    return 10 * Math.log10(energy / hop + 1e-20);
  });
  const floor = levels.reduce((most, l) => Math.max(most, l), -200) - 60;
  const held = levels.map((l) => Math.max(l, floor));
  // Smoothed over 25 ms, so that two instruments need not agree to the hop.
  // Before its begin and after its end a recording is as it is there: where it was cut tells nothing.
  const at = (i: number): number => held[Math.min(Math.max(i, 0), held.length - 1)]!;
  const smooth = held.map((_, i) => at(i - 2) + at(i - 1) + at(i) + at(i + 1) + at(i + 2));
  return smooth.map((l, i) => (i === 0 ? 0 : l - smooth[i - 1]!));
}
