/** Second-order filter: y = b0·x + b1·x₁ + b2·x₂ − a1·y₁ − a2·y₂. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** The whole signal through one filter that starts at rest. */
export function filtered(signal: ArrayLike<number>, { b0, b1, b2, a1, a2 }: Biquad): Float64Array {
  const out = new Float64Array(signal.length);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < signal.length; i++) {
    const x = signal[i]!;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    out[i] = y;
  }
  return out;
}

/** Second-order high-pass by the bilinear transform: 1 far above its corner. @param q 1/√2 = no peak (Butterworth) */
export function highPass(cornerHz: number, q: number, sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * cornerHz) / sampleRateHz);
  const a0 = 1 + k / q + k * k;
  const [a1, a2] = [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0];
  return { b0: 1 / a0, b1: -2 / a0, b2: 1 / a0, a1, a2 };
}
