/** A control point and its weight at one place. */
export interface SplineWeight {
  readonly k: number;
  readonly w: number;
}

/**
 * Weights of a uniform cubic B-spline's control points at a place, rising in `k`; points beyond the ends count as the ends.
 *
 * @param place in spacings from the first control point
 * @param count control points, at least one
 */
export function cubicBSplineWeights(place: number, count: number): readonly SplineWeight[] {
  const within = Math.min(Math.max(place, -1), count);
  const k = Math.floor(within);
  const t = within - k;
  const s = 1 - t;
  const four = [s * s * s, 4 - 6 * t * t + 3 * t * t * t, 4 - 6 * s * s + 3 * s * s * s, t * t * t];
  const weights: { k: number; w: number }[] = [];
  four.forEach((w, i) => {
    const at = Math.min(Math.max(k - 1 + i, 0), count - 1);
    const last = weights.at(-1);
    if (last?.k === at) last.w += w / 6;
    else weights.push({ k: at, w: w / 6 });
  });
  return weights;
}

/**
 * Uniform cubic B-spline: C² everywhere, and never outside the range of its control points.
 *
 *     f(x) = Σ c_k · B₃((x − x₀)/h − k)
 *
 * @param control at least one; held beyond both ends
 * @param startX where the first control point sits, @param spacing h > 0 between them
 */
export const cubicBSpline =
  (control: Float64Array, startX: number, spacing: number): ((x: number) => number) =>
  (x) => {
    const place = (x - startX) / spacing;
    const k = Math.floor(place);
    if (k < 1 || k + 2 >= control.length) return nearTheEnds(control, place);
    const t = place - k;
    const s = 1 - t;
    let value = ((s * s * s) / 6) * control[k - 1]!;
    value += ((4 - 6 * t * t + 3 * t * t * t) / 6) * control[k]!;
    value += ((4 - 6 * s * s + 3 * s * s * s) / 6) * control[k + 1]!;
    value += ((t * t * t) / 6) * control[k + 2]!;
    return value;
  };

function nearTheEnds(control: Float64Array, place: number): number {
  let value = 0;
  for (const { k, w } of cubicBSplineWeights(place, control.length)) value += w * control[k]!;
  return value;
}

/** Mean of each value and its neighbours up to `reach` places away; ends repeat. */
export function movingAverage(values: Float64Array, reach: number): Float64Array {
  const last = values.length - 1;
  return values.map((_, i) => {
    let sum = 0;
    for (let k = i - reach; k <= i + reach; k++) sum += values[Math.min(Math.max(k, 0), last)]!;
    return sum / (2 * reach + 1);
  });
}
