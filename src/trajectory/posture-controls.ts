import { cubicBSpline } from "../math/b-spline.ts";
import type { Posture } from "./tool-path.ts";

/** Control points of tilt and skew, evenly spaced from the start of the motion [rad]. */
export interface PostureControls {
  readonly tilt: Float64Array;
  readonly skew: Float64Array;
}

/** The smooth posture that control points describe. @param startS of the motion, @param gridS between control points [s] */
export const postureOf = ({ tilt, skew }: PostureControls, startS: number, gridS: number): Posture => ({
  tiltAt: cubicBSpline(tilt, startS, gridS),
  skewAt: cubicBSpline(skew, startS, gridS),
});

/** Control points that must be alike for a cubic B-spline to be at rest at its end. */
export const STILL = 2;

/** Still at both ends, where the arm comes from rest and goes to rest. */
export function stillAtEnds(values: Float64Array): Float64Array {
  const last = values.length - 1;
  return values.map((_, k) => values[Math.min(Math.max(k, STILL), Math.max(last - STILL, 0))]!);
}
