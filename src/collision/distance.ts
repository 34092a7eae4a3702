import { packedDistance, packShape, ROW } from "./packed-shapes.ts";
import type { Shape } from "./shape.ts";

/**
 * Shortest distance between two solids in one frame [m], exact to rounding (closed forms; with a hull, an iteration that
 * stops at a proven lower bound within a part in 10¹⁰).
 *
 * Negative when rounded solids overlap: the distance of their cores (segment, box) less both radii. Its size is how
 * far they are pressed into each other as long as the cores stay apart. Two overlapping boxes or hulls give 0.
 */
export function distanceBetween(a: Shape, b: Shape): number {
  const rows = new Float64Array(2 * ROW);
  const hulls: Float64Array[] = [];
  packShape(rows, 0, a, hulls);
  packShape(rows, 1, b, hulls);
  return packedDistance(rows, 0, 1, hulls);
}
