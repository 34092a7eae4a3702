/** How many partials of a note are looked at. */
export const PARTIALS = 20;

/**
 * Amplitudes of the first partials of a tone, through a Hann window.
 *
 * @param hz of the first partial; partials above 0.45 of the rate are 0
 * @param from, length in samples
 */
export function partialAmplitudes(
  x: Float64Array,
  sampleRateHz: number,
  hz: number,
  {
    from,
    length,
    count = PARTIALS,
  }: { readonly from: number; readonly length: number; readonly count?: number },
): Float64Array {
  const amplitudes = new Float64Array(count);
  const window = Float64Array.from(
    { length },
    (_, n) => (x[from + n] ?? 0) * (1 - Math.cos((2 * Math.PI * n) / length)),
  );
  for (let h = 1; h <= count && h * hz < 0.45 * sampleRateHz; h++)
    amplitudes[h - 1] = (2 * goertzel(window, (2 * Math.PI * h * hz) / sampleRateHz)) / length;
  return amplitudes;
}

/** |Σ x_n e^(−iwn)|. @source Goertzel, Amer. Math. Monthly 65 (1958) */
function goertzel(x: Float64Array, w: number): number {
  const c = 2 * Math.cos(w);
  let [s1, s2] = [0, 0];
  for (let n = 0; n < x.length; n++) {
    const s = x[n]! + c * s1 - s2;
    s2 = s1;
    s1 = s;
  }
  return Math.sqrt(Math.max(0, s1 * s1 + s2 * s2 - c * s1 * s2));
}

/** Centre of gravity of partials, weighted by amplitude [Hz]; NaN without any. */
export function centroidOf(amplitudes: Float64Array, hz: number): number {
  let [weighted, total] = [0, 0];
  amplitudes.forEach((a, i) => {
    weighted += a * (i + 1) * hz;
    total += a;
  });
  return weighted / total;
}
