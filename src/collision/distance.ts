import { packedDistance, packShape, ROW } from "./packed-shapes.ts";
import type { Shape } from "./shape.ts";

/**
 * Shortest distance between two solids in one frame [m], exact to rounding (closed forms, no iteration).
 *
 * Negative when rounded solids overlap: the distance of their cores (segment, box) less both radii. Its size is how
 * far they are pressed into each other as long as the cores stay apart. Two overlapping boxes give 0.
 */
export function distanceBetween(a: Shape, b: Shape): number {
  const rows = new Float64Array(2 * ROW);
  packShape(rows, 0, a);
  packShape(rows, 1, b);
  return packedDistance(rows, 0, 1);
}
