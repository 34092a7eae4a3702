/** One partial of a sound as a complex amplitude, through a Hann window of `lengthS` from `fromS`. */
function partial(
  signal: ArrayLike<number>,
  rate: number,
  hz: number,
  fromS: number,
  lengthS: number,
): [number, number] {
  const n = Math.round(lengthS * rate);
  const first = Math.round(fromS * rate);
  let [re, im] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = signal[first + i]! * (1 - Math.cos((2 * Math.PI * i) / n));
    const phase = (2 * Math.PI * hz * (first + i)) / rate;
    re += x * Math.cos(phase);
    im -= x * Math.sin(phase);
  }
  return [(2 * re) / n, (2 * im) / n];
}

/** Peak amplitude of the partial at `hz`. */
export const amplitudeAt = (
  signal: ArrayLike<number>,
  rate: number,
  hz: number,
  fromS: number,
  lengthS: number,
): number => Math.hypot(...partial(signal, rate, hz, fromS, lengthS));

/** How far the tone near `hz` lies from it, by the phase gained in 20 ms, then in 0.1 s [cents]; right up to ±25 Hz. */
export function centsFrom(
  signal: ArrayLike<number>,
  rate: number,
  hz: number,
  fromS: number,
  lengthS = 0.4,
): number {
  const turned = (near: number, stepS: number): number => {
    const [r0, i0] = partial(signal, rate, near, fromS, lengthS);
    const [r1, i1] = partial(signal, rate, near, fromS + stepS, lengthS);
    return near + Math.atan2(i1 * r0 - r1 * i0, r1 * r0 + i1 * i0) / (2 * Math.PI * stepS);
  };
  return 1200 * Math.log2(turned(turned(hz, 0.02), 0.1) / hz);
}

/** Centre of gravity of the first 40 partials of the tone that sounds near `hz`, weighted by amplitude [Hz]. */
export function centroidHz(signal: ArrayLike<number>, rate: number, hz: number, fromS: number): number {
  const sounding = hz * 2 ** (centsFrom(signal, rate, hz, fromS, 0.3) / 1200);
  let [weighted, total] = [0, 0];
  for (let k = 1; k <= 40; k++) {
    const a = amplitudeAt(signal, rate, k * sounding, fromS, 0.3);
    weighted += a * k * sounding;
    total += a;
  }
  return weighted / total;
}

/** Root mean square about the mean, over whole periods up to the end. */
export function rmsOf(signal: Float64Array, rate: number, periodS: number, lengthS: number): number {
  const samples = Math.round(Math.floor(lengthS / periodS) * periodS * rate);
  const tail = signal.subarray(signal.length - samples);
  const mean = tail.reduce((sum, x) => sum + x, 0) / samples;
  return Math.sqrt(tail.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples);
}
