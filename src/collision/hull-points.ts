import { norm, scale, sub, type Vec3 } from "../math/vec.ts";
import { convexDistance } from "./convex-distance.ts";
import { meshInvalid } from "./mesh-file.ts";

/** A file with more corners than this takes too long to look through; a hull with more, to measure. */
const MOST_IN_FILE = 300_000;
const MOST_POINTS = 4000;
/** Corners that lie nearer to the hull of the others are none [m]. */
const FLAT_M = 1e-6;

/**
 * The corners of the convex hull of a mesh's points. What is hollow in the mesh is filled in its hull.
 *
 * @param points each once
 * @param file how the mesh is called in refusals
 * @throws CellistError `cell-invalid`: no mesh, too large, or flat
 */
export function hullPoints(points: readonly Vec3[], file: string): Vec3[] {
  if (points.length < 4 || !points.every((p) => p.every(Number.isFinite)))
    throw meshInvalid(file, "is no mesh: an .stl or .obj file with four corners or more is needed");
  if (points.length > MOST_IN_FILE)
    throw meshInvalid(file, `has ${points.length} corners (at most ${MOST_IN_FILE}); simplify it`);
  const outer = withoutInner(points);
  if (outer === undefined)
    throw meshInvalid(
      file,
      `has more than ${MOST_POINTS} corners on its convex hull; simplify it, or put a box around it`,
    );
  const corners = solidCorners(outer);
  if (corners === undefined) throw meshInvalid(file, "is flat: a solid is needed");
  return corners;
}

/** Directions in which the farthest points are looked for first. */
const DIRECTIONS = 500;

/**
 * Leaves out what lies inside the hull of the farthest points in many directions: quick, and exact as far as it goes. A mesh from a
 * drawing programme has most of its points there.
 *
 * @returns undefined where more than `MOST_POINTS` are left
 */
function withoutInner(points: readonly Vec3[]): readonly Vec3[] | undefined {
  if (points.length <= DIRECTIONS) return points;
  const farthest = supportOf(points);
  const outermost = new Set(
    Array.from({ length: DIRECTIONS }, (_, i) => {
      // Evenly over the sphere, along a spiral of golden angles.
      const [z, angle] = [1 - (2 * i + 1) / DIRECTIONS, i * Math.PI * (3 - Math.sqrt(5))];
      const r = Math.sqrt(1 - z * z);
      return farthest([r * Math.cos(angle), r * Math.sin(angle), z]);
    }),
  );
  const first = [...outermost];
  const size = Math.max(...first.map((p) => norm(sub(p, first[0]!))));
  const hullOfFirst = supportOf(first);
  const isOutside = (p: Vec3): boolean => convexDistance(supportOf([p]), hullOfFirst) >= FLAT_M * size;
  const left: Vec3[] = [];
  for (const p of points) {
    if (!outermost.has(p) && !isOutside(p)) continue;
    left.push(p);
    if (left.length > MOST_POINTS) return undefined;
  }
  return left;
}

/**
 * The corners of the convex hull of some points: leaves out, one by one, every point that lies inside the hull of those that are left.
 *
 * @returns undefined where all lie in one plane
 */
export function solidCorners(points: readonly Vec3[]): Vec3[] | undefined {
  const size = Math.max(...points.map((p) => norm(sub(p, points[0]!))));
  let left = [...points];
  for (const point of points) {
    const others = left.filter((p) => p !== point);
    if (others.length < 3) break;
    if (convexDistance(supportOf([point]), supportOf(others)) < FLAT_M * size) left = others;
  }
  return left.length < 4 || isFlat(left) ? undefined : left;
}

/** Farthest of some points in a direction. */
export const supportOf =
  (points: readonly Vec3[]) =>
  ([x, y, z]: Vec3): Vec3 => {
    let [best, most] = [points[0]!, -Infinity];
    for (const p of points) {
      const along = x * p[0] + y * p[1] + z * p[2];
      if (along > most) [best, most] = [p, along];
    }
    return best;
  };

/** All in one plane, or on one line. */
function isFlat(points: readonly Vec3[]): boolean {
  const mean = scale(
    points.reduce((s, p) => [s[0] + p[0], s[1] + p[1], s[2] + p[2]]),
    1 / points.length,
  );
  const e = points.map((p) => sub(p, mean));
  const size = Math.max(...e.map(norm));
  const det = (a: Vec3, b: Vec3, c: Vec3): number =>
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0]);
  const [a] = e as [Vec3];
  return !e.some((b, i) => e.slice(i).some((c) => Math.abs(det(a, b, c)) > 1e-9 * size ** 3));
}
