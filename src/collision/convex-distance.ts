import { add, addScaled, dot, norm, scale, sub, type Vec3 } from "../math/vec.ts";

/** A convex solid by its farthest point in a direction. */
export type Support = (direction: Vec3) => Vec3;

/** Relative gap between the two bounds at which the distance is known. */
const TOLERANCE = 1e-10;
const MOST_TURNS = 200;
/** Below this the solids touch [m]. */
const TOUCHING_M = 1e-10;

/**
 * Distance between two convex solids [m]; 0 when they overlap. Never more than the true one: what is returned is the proven
 * lower bound, and the two bounds meet to a part in 10¹⁰.
 *
 * @source Gilbert, Johnson, Keerthi, IEEE J. Robotics and Automation 4 (1988) 193
 */
export function convexDistance(a: Support, b: Support): number {
  const farthest = (direction: Vec3): Vec3 => sub(a(direction), b(scale(direction, -1)));
  let nearest = farthest([1, 0, 0]);
  let corners: readonly Vec3[] = [nearest];
  let provenM = 0;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const length = norm(nearest);
    if (length < TOUCHING_M) return 0;
    const corner = farthest(scale(nearest, -1));
    provenM = Math.max(provenM, dot(nearest, corner) / length);
    if (length - provenM <= TOLERANCE * length) return provenM;
    if (corners.some((c) => norm(sub(c, corner)) < 1e-14)) return provenM;
    const found = nearestOf([...corners, corner]);
    if (norm(found.point) >= length) return provenM; // no nearer any more: rounding
    ({ point: nearest, corners } = found);
  }
  return provenM;
}

/**
 * The point nearest to the origin of a simplex of up to four corners, and the corners that hold it.
 *
 * Every part (corner, edge, face, whole) is tried: its plane's nearest point counts when it lies inside the part.
 */
function nearestOf(corners: readonly Vec3[]): { readonly point: Vec3; readonly corners: readonly Vec3[] } {
  let best = { point: corners[0]!, corners: [corners[0]!] as readonly Vec3[] };
  let least = Infinity;
  for (let mask = 1; mask < 1 << corners.length; mask++) {
    const part = corners.filter((_, i) => mask & (1 << i));
    const point = nearestInside(part);
    if (point === undefined || norm(point) >= least) continue;
    least = norm(point);
    best = { point, corners: part };
  }
  return best;
}

/** Nearest point to the origin of the plane through a part's corners; undefined when it lies outside the part. */
function nearestInside(part: readonly Vec3[]): Vec3 | undefined {
  const [origin, ...rest] = part as readonly [Vec3, ...Vec3[]];
  const edges = rest.map((corner) => sub(corner, origin));
  const weights = solveGram(edges, origin);
  if (weights === undefined || weights.some((w) => w < 0) || weights.reduce((s, w) => s + w, 0) > 1)
    return undefined;
  return edges.reduce((point, edge, i) => addScaled(point, edge, weights[i]!), add(origin, [0, 0, 0]));
}

/** Solves Σ_j (e_i · e_j) w_j = −e_i · o; undefined where the edges are dependent. */
function solveGram(edges: readonly Vec3[], o: Vec3): number[] | undefined {
  const n = edges.length;
  const rows = edges.map((e) => [...edges.map((f) => dot(e, f)), -dot(e, o)]);
  for (let k = 0; k < n; k++) {
    const pivot = rows[k]![k]!;
    if (!(pivot > 1e-14 * dot(edges[k]!, edges[k]!))) return undefined;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / pivot;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return rows.map((row, k) => row[n]! / row[k]!);
}
