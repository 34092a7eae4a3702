/**
 * Evenly spaced values as a curve with continuous slope and curvature, at any moment between them.
 *
 * The uniform cubic B-spline does not pass through the values: it averages them with the weights 1/6, 4/6, 1/6. That
 * is wanted. Its spectrum falls as sinc⁴, so the steps of a 500 Hz control clock are more than 50 dB down at their own
 * rate and are not heard.
 *
 * @param positions in steps of the values, 0 = first; before and after them the end values hold
 */
export function readSmooth(values: Float64Array, position: number): number {
  const last = values.length - 1;
  if (last < 0) return 0;
  const p = position < -1 ? -1 : position > last + 1 ? last + 1 : position;
  const i = Math.floor(p);
  const x = p - i;
  const y0 = values[clampIndex(i - 1, last)]!;
  const y1 = values[clampIndex(i, last)]!;
  const y2 = values[clampIndex(i + 1, last)]!;
  const y3 = values[clampIndex(i + 2, last)]!;
  const r = 1 - x;
  const w0 = r * r * r;
  const w3 = x * x * x;
  return (w0 * y0 + (4 - 6 * x * x + 3 * w3) * y1 + (4 - 6 * r * r + 3 * w0) * y2 + w3 * y3) / 6;
}

const clampIndex = (i: number, last: number): number => (i < 0 ? 0 : i > last ? last : i);
