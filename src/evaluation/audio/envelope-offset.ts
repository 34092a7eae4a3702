const HOP_S = 0.005;

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
  let best: Offset = { offsetS: 0, correlation: -Infinity };
  for (let shift = -most; shift <= most; shift++) {
    let [ab, aa, bb] = [0, 0, 0];
    for (let i = Math.max(0, -shift); i < a.length && i + shift < b.length; i++) {
      ab += a[i]! * b[i + shift]!;
      aa += a[i]! ** 2;
      bb += b[i + shift]! ** 2;
    }
    const correlation = aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
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
  const smooth = held.map(
    (_, i) =>
      (held[i - 2] ?? floor) +
      (held[i - 1] ?? floor) +
      held[i]! +
      (held[i + 1] ?? floor) +
      (held[i + 2] ?? floor),
  );
  return smooth.map((l, i) => (i === 0 ? 0 : l - smooth[i - 1]!));
}
