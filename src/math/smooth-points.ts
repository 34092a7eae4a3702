import { lastIndex } from "./last-index.ts";
import { smoothstep, smoothstepIntegral } from "./smoothstep.ts";

/** A value at a moment. Points are in order; two may share a moment. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Value at a moment, going from point to point in minimum-jerk steps; constant before the first and after the last. */
export function valueAt(points: readonly Point[], at: number): number {
  const i = lastIndex(points, (p) => p.at <= at);
  const [here, next] = [points[Math.max(i, 0)]!, points[i + 1]];
  if (i < 0 || !next) return here.value;
  return here.value + (next.value - here.value) * smoothstep((at - here.at) / (next.at - here.at));
}

/** Integral of `valueAt` from the first point to a moment at or after it. */
export function integralTo(points: readonly Point[], at: number): number {
  let sum = 0;
  for (const [i, { at: from, value }] of points.entries()) {
    if (at <= from) break;
    const next = points[i + 1];
    const to = Math.min(at, next?.at ?? at);
    sum += value * (to - from);
    if (next && next.at > from)
      sum += (next.value - value) * (next.at - from) * smoothstepIntegral((to - from) / (next.at - from));
  }
  return sum;
}
