/** A ring of past samples; its length is a power of two. */
export interface DelayLine {
  readonly samples: Float64Array;
  readonly mask: number;
}

/** A line that can delay by up to `maxDelay` samples. */
export function makeDelayLine(maxDelay: number): DelayLine {
  const length = 2 ** Math.ceil(Math.log2(maxDelay + 4));
  return { samples: new Float64Array(length), mask: length - 1 };
}

/**
 * The value `delay` samples before sample `now`: a cubic through the four samples around it (Lagrange).
 *
 * @param delay >= 2 samples, so that sample `now` itself need not be written yet
 */
export function readCubic(samples: Float64Array, mask: number, now: number, delay: number): number {
  const whole = delay | 0;
  const k = delay - whole;
  const i = now - whole;
  const y0 = samples[(i + 1) & mask]!;
  const y1 = samples[i & mask]!;
  const y2 = samples[(i - 1) & mask]!;
  const y3 = samples[(i - 2) & mask]!;
  const a = k * (k - 1);
  const b = (k + 1) * (k - 2);
  return (a * ((k + 1) * y3 - (k - 2) * y0)) / 6 + (b * ((k - 1) * y1 - k * y2)) / 2;
}

/** The same by a straight line through two; `delay` >= 1. */
export function readLinear(samples: Float64Array, mask: number, now: number, delay: number): number {
  const whole = delay | 0;
  const k = delay - whole;
  const i = now - whole;
  return (1 - k) * samples[i & mask]! + k * samples[(i - 1) & mask]!;
}
