import { distance, type Vec3 } from "../../../math/vec.ts";

/** Where a segment has the joints at one way along it. The arrays are the caller's, overwritten. */
export interface SegmentPlace {
  readonly q_rad: Float64Array;
  /** Derivatives of the joints by the way. */
  readonly slope: Float64Array;
  readonly bend: Float64Array;
}

/** A piece of path without time: joints over a way of its own measure. */
export interface Segment {
  /** Radians of the leading joint, or metres of the tool point; 0 where there is nothing to do. */
  readonly length: number;
  /** Where the tool point will be at its end, p[x, y, z, rx, ry, rz]. */
  readonly goal: readonly number[];
  /**
   * @param near_rad joints just before on the path; picks the branch
   * @returns false where the arm cannot be there
   */
  at(way: number, near_rad: ArrayLike<number>, into: SegmentPlace): boolean;
  /** Where the tool point is at a way, base frame [m]. */
  pointAt(way: number): Vec3;
}

export const emptyPlace = (): SegmentPlace => ({
  q_rad: new Float64Array(6),
  slope: new Float64Array(6),
  bend: new Float64Array(6),
});

/** How far the tool point is from the end of its segment [m]. */
export const distanceLeft = (segment: Segment, way: number): number =>
  distance(segment.pointAt(way), segment.pointAt(segment.length));

/** The way at which the tool point has come within `radiusM` of the segment's end [m]. */
export function wayBefore(segment: Segment, radiusM: number): number {
  const end = segment.pointAt(segment.length);
  return wayWhere(segment, (p_m) => distance(p_m, end) <= radiusM);
}

/** The way at which the tool point has got `radiusM` from the segment's begin [m]; all of it if it never does. */
export function wayAfter(segment: Segment, radiusM: number): number {
  const begin = segment.pointAt(0);
  return wayWhere(segment, (p_m) => distance(p_m, begin) >= radiusM);
}

/** Halvings of the way in looking for a distance of the tool point. */
const HALVINGS = 50;

function wayWhere(segment: Segment, isThere: (p_m: Vec3) => boolean): number {
  let [before, after] = [0, segment.length];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (before + after) / 2;
    if (isThere(segment.pointAt(middle))) after = middle;
    else before = middle;
  }
  return after;
}
