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
 * Where the first recording lies in the second, by the rise and fall of their loudness; to 5 ms.
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
  let best: Offset = { offsetS: 0, correlation: -Infinity };
  for (let shift = -most; shift <= most; shift++) {
    if (Math.min(a.length, b.length - shift) - Math.max(0, -shift) < overlap) continue;
    let [ab, bb] = [0, 0];
    for (let i = Math.max(0, -shift); i < a.length && i + shift < b.length; i++) {
      ab += a[i]! * b[i + shift]!;
      bb += b[i + shift]! ** 2;
    }
    const correlation = whole > 0 && bb > 0 ? ab / Math.sqrt(whole * bb) : 0;
    if (correlation > best.correlation) best = { offsetS: shift * HOP_S, correlation };
  }
  return best;
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
