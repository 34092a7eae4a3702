import type { Hull, Shape as AnyShape } from "../../src/collision/shape.ts";
import { rotate, rotateInverse } from "../../src/math/rotation.ts";
import { add, addScaled, dot, norm, scale, sub, type Vec3 } from "../../src/math/vec.ts";

type Shape = Exclude<AnyShape, Hull>;

/**
 * Distance of two solids by Gilbert, Johnson and Keerthi's method: a second way to the same number. Slow and plain:
 * it tries every face of the simplex. Cores first, then less the radii, as `distanceBetween` counts.
 */
export function gjkDistance(a: Shape, b: Shape): number {
  let simplex: Vec3[] = [];
  let v = sub(support(a, [1, 0, 0]), support(b, [-1, 0, 0]));
  for (let round = 0; round < 200 && norm(v) > 1e-13; round++) {
    const w = sub(support(a, scale(v, -1)), support(b, v));
    if (dot(v, v) - dot(v, w) <= 1e-14 * dot(v, v)) break;
    const next = nearest([...simplex, w]);
    if (simplex.length && norm(next.v) >= norm(v)) break;
    [simplex, v] = [next.kept, next.v];
  }
  return norm(v) - radius(a) - radius(b);
}

const radius = (s: Shape): number => (s.kind === "capsule" ? s.radiusM : 0);

/** Farthest point of the core along d. */
function support(s: Shape, d: Vec3): Vec3 {
  if (s.kind === "capsule") return dot(s.a_m, d) > dot(s.b_m, d) ? s.a_m : s.b_m;
  const local = rotateInverse(s.R, d);
  const corner = local.map((x, i) => (x < 0 ? -s.half_m[i]! : s.half_m[i]!)) as unknown as Vec3;
  return add(s.centre_m, rotate(s.R, corner));
}

/** Point of the simplex nearest to the origin, and the corners it is a true mixture of. */
function nearest(points: Vec3[]): { v: Vec3; kept: Vec3[] } {
  let best: { v: Vec3; kept: Vec3[] } = { v: [Infinity, 0, 0], kept: [] };
  for (let mask = 1; mask < 1 << points.length; mask++) {
    const kept = points.filter((_, i) => mask & (1 << i));
    if (kept.length > 4) continue;
    const weights = flatNearest(kept);
    if (!weights?.every((x) => x >= 0)) continue;
    const v = kept.reduce<Vec3>((sum, p, i) => addScaled(sum, p, weights[i]!), [0, 0, 0]);
    if (norm(v) < norm(best.v)) best = { v, kept };
  }
  return best;
}

/** Weights of the point nearest to the origin on the flat through some points, or undefined if they are dependent. */
function flatNearest(points: Vec3[]): number[] | undefined {
  const [p0, ...rest] = points as [Vec3, ...Vec3[]];
  const edges = rest.map((p) => sub(p, p0));
  const n = edges.length;
  const M = edges.map((e) => [...edges.map((f) => dot(e, f)), -dot(e, p0)]);
  for (let i = 0; i < n; i++) {
    const pivot = M[i]![i]!;
    if (!(pivot > 1e-13 * dot(edges[i]!, edges[i]!))) return undefined;
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const k = M[r]![i]! / pivot;
      for (let c = i; c <= n; c++) M[r]![c]! -= k * M[i]![c]!;
    }
  }
  const weights = M.map((row, i) => row[n]! / row[i]!);
  return [1 - weights.reduce((a, b) => a + b, 0), ...weights];
}
