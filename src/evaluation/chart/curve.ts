import type { ChartFrame } from "./chart-frame.ts";

/** Points a curve keeps at most: more cannot be seen at the width of a page. */
const MOST_POINTS = 2400;

/** A line through (x, y); breaks where y is not a number; thinned by keeping the extremes of each stretch. */
export function curve(
  frame: ChartFrame,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  className: string,
): string {
  const stretch = Math.max(1, Math.ceil((2 * xs.length) / MOST_POINTS));
  let d = "";
  let pen = false;
  for (let from = 0; from < xs.length; from += stretch) {
    for (const k of extremes(ys, from, Math.min(from + stretch, xs.length))) {
      if (!Number.isFinite(ys[k]!)) {
        pen = false;
        continue;
      }
      d += `${pen ? "L" : "M"}${frame.x(xs[k]!)} ${frame.y(ys[k]!)}`;
      pen = true;
    }
  }
  return `<path class="${className}" d="${d}"/>`;
}

/** Index of the smallest and largest value of a stretch, in order. */
function extremes(ys: ArrayLike<number>, from: number, to: number): number[] {
  let [low, high] = [from, from];
  for (let k = from; k < to; k++) {
    if (ys[k]! < ys[low]!) low = k;
    if (ys[k]! > ys[high]!) high = k;
  }
  if (low === high) return [low];
  return low < high ? [low, high] : [high, low];
}
