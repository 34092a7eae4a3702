import { kaiser } from "../math/kaiser.ts";

/** Samples to either side that a value is made from; every second weight of a half-band filter is zero. */
const REACH = 23;
/** Kaiser window shape: about 80 dB of stop band. */
const KAISER_BETA = 8;

/** Weights at ±1, ±3, … ±REACH; the middle one is a half. */
const WEIGHTS = halfBand();

/**
 * Halves the sample rate of a signal that comes piece by piece: a half-band filter, flat to 0.8 of the new half rate.
 *
 * The result is `HalfRate.delay` samples of the fast signal late.
 */
export class HalfRate {
  /** Delay in samples of the fast signal. */
  static readonly delay = REACH;
  readonly #past: Float64Array;

  /** @param most longest piece [samples of the fast signal], even */
  constructor(most: number) {
    this.#past = new Float64Array(2 * REACH + most);
  }

  /** @param piece an even number of samples, @param out gets half as many from `at` on */
  push(piece: Float64Array, out: Float32Array, at: number): void {
    const past = this.#past;
    past.set(piece, 2 * REACH);
    for (let i = 0; i < piece.length; i += 2) {
      const middle = i + REACH;
      let sum = 0.5 * past[middle]!;
      for (let k = 0; k < WEIGHTS.length; k++) {
        const away = 2 * k + 1;
        sum += WEIGHTS[k]! * (past[middle - away]! + past[middle + away]!);
      }
      out[at + i / 2] = sum;
    }
    past.copyWithin(0, piece.length, piece.length + 2 * REACH);
  }
}

function halfBand(): Float64Array {
  const weights = Float64Array.from({ length: (REACH + 1) / 2 }, (_, k) => {
    const x = 2 * k + 1;
    const sinc = Math.sin((Math.PI * x) / 2) / (Math.PI * x);
    return sinc * kaiser(x / (REACH + 1), KAISER_BETA);
  });
  const total = weights.reduce((sum, w) => sum + 2 * w, 0.5); // a constant must pass as it is
  return weights.map((w) => w * (0.5 / (total - 0.5)));
}
