/**
 * Discrete Fourier transform of a power of two of complex values, in place:
 *
 *     X_k = Σ_n x_n · e^(−2πikn/N)
 *
 * @source radix-2, decimation in time: Cooley and Tukey, Math. Comp. 19 (1965)
 */
export class Fft {
  readonly size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #swap: Int32Array;

  /** @param size a power of two */
  constructor(size: number) {
    this.size = size;
    this.#cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
    this.#swap = bitReversal(size);
  }

  /** @param re, im `size` values each, replaced by their transform */
  forward(re: Float64Array, im: Float64Array): void {
    const { size } = this;
    for (let i = 0; i < size; i++) {
      const j = this.#swap[i]!;
      if (j <= i) continue;
      const r = re[i]!;
      re[i] = re[j]!;
      re[j] = r;
      const m = im[i]!;
      im[i] = im[j]!;
      im[j] = m;
    }
    for (let half = 1; half < size; half *= 2) this.#join(re, im, half);
  }

  #join(re: Float64Array, im: Float64Array, half: number): void {
    const [cos, sin] = [this.#cos, this.#sin];
    const stride = this.size / (2 * half);
    for (let k = 0, t = 0; k < half; k++, t += stride) {
      const c = cos[t]!;
      const s = sin[t]!;
      for (let a = k; a < this.size; a += 2 * half) {
        const b = a + half;
        const r = re[b]! * c - im[b]! * s;
        const m = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - r;
        im[b] = im[a]! - m;
        re[a]! += r;
        im[a]! += m;
      }
    }
  }
}

function bitReversal(size: number): Int32Array {
  const reversed = new Int32Array(size);
  for (let i = 1; i < size; i++) reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? size >> 1 : 0);
  return reversed;
}
