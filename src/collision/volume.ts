import { seededRandom } from "../math/random.ts";
import { add, cross, dot, norm, sub, type Vec3 } from "../math/vec.ts";
import type { Mesh, Triangle } from "./mesh-file.ts";

/**
 * What a surface encloses, in the cube of its unit; undefined where it has holes, or faces that look both ways. Bodies in one file
 * count together, twice where they overlap.
 */
export function enclosedVolume({ points, triangles }: Mesh): number | undefined {
  return triangles.length > 0 && isClosed(points.length, triangles)
    ? Math.abs(signedVolume(points, triangles))
    : undefined;
}

/** Every edge is gone along as often one way as the other. */
function isClosed(count: number, triangles: readonly Triangle[]): boolean {
  const open = new Map<number, number>();
  for (const triangle of triangles)
    for (const [from, to] of edgesOf(triangle)) {
      const [edge, way] = from < to ? [from * count + to, 1] : [to * count + from, -1];
      const balance = (open.get(edge) ?? 0) + way;
      if (balance === 0) open.delete(edge);
      else open.set(edge, balance);
    }
  return open.size === 0;
}

/** Each from one corner to the next. */
const edgesOf = ([a, b, c]: Triangle): readonly (readonly [from: number, to: number])[] => [
  [a, b],
  [b, c],
  [c, a],
];

function signedVolume(points: readonly Vec3[], triangles: readonly Triangle[]): number {
  const corner = (i: number): Vec3 => sub(points[i]!, points[0]!);
  return triangles.reduce((sum, [a, b, c]) => sum + dot(corner(a), cross(corner(b), corner(c))) / 6, 0);
}

/** Corners are moved by so much of the size at random, so that no four lie in one plane. */
const JOGGLE = 1e-7;

/** Volume of the convex hull of its corners: one corner after the other takes the place of the faces that it sees. */
export function hullVolume(corners: readonly Vec3[]): number {
  const random = seededRandom(1);
  const size = Math.max(...corners.map((p) => norm(sub(p, corners[0]!))));
  const off = (): number => JOGGLE * size * (2 * random() - 1);
  const points = corners.map((p): Vec3 => add(p, [off(), off(), off()]));
  const faceOf = (...corner: Triangle): Face => {
    const [a, b, c] = corner.map((i) => points[i]!) as [Vec3, Vec3, Vec3];
    const normal = cross(sub(b, a), sub(c, a));
    return { corner, normal, height: dot(normal, a) };
  };
  let faces = firstFaces(points).map((corner) => faceOf(...corner));
  for (const [i, p] of points.entries()) {
    const seen = faces.filter(({ normal, height }) => dot(normal, p) > height);
    if (seen.length === 0 || seen.some(({ corner }) => corner.includes(i))) continue;
    const edges = seen.flatMap(({ corner }) => edgesOf(corner));
    const ways = new Set(edges.map(([from, to]) => from * points.length + to));
    const horizon = edges.filter(([from, to]) => !ways.has(to * points.length + from));
    const left = new Set(seen);
    faces = faces.filter((face) => !left.has(face));
    faces.push(...horizon.map(([from, to]) => faceOf(from, to, i)));
  }
  return signedVolume(
    points,
    faces.map(({ corner }) => corner),
  );
}

interface Face {
  readonly corner: Triangle;
  /** Outwards, of any length. */
  readonly normal: Vec3;
  readonly height: number;
}

/** A tetrahedron of points far from each other, its faces counter-clockwise from outside. */
function firstFaces(points: readonly Vec3[]): Triangle[] {
  const most = (by: (p: Vec3) => number): number => {
    const values = points.map(by);
    return values.indexOf(Math.max(...values));
  };
  const from = (p: Vec3): Vec3 => sub(p, points[0]!);
  const b = most((p) => norm(from(p)));
  const c = most((p) => norm(cross(from(p), from(points[b]!))));
  const normal = cross(from(points[b]!), from(points[c]!));
  const d = most((p) => Math.abs(dot(from(p), normal)));
  const [first, second] = dot(from(points[d]!), normal) > 0 ? [c, b] : [b, c];
  return [
    [0, first, second],
    [0, second, d],
    [0, d, first],
    [first, d, second],
  ];
}
