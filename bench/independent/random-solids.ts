import { distanceBetween } from "../../src/collision/distance.ts";
import { box, capsule, hull, moveShape, type Shape } from "../../src/collision/shape.ts";
import { fromRotvec } from "../../src/math/rotation.ts";
import type { Vec3 } from "../../src/math/vec.ts";

/** Two solids somewhere, and how far apart the product says they are. */
export interface SolidPair {
  readonly a: Shape;
  readonly b: Shape;
  readonly distanceM: number;
}

/** Capsules, boxes and hulls anywhere, as far as they are apart. */
export function randomSolids(random: () => number): SolidPair[] {
  const vec = (size: number): Vec3 => [0, 1, 2].map(() => size * (2 * random() - 1)) as unknown as Vec3;
  const someShape = (): Shape => {
    const X = { p_m: vec(0.7), R: fromRotvec(vec(3)) };
    const kind = Math.floor(3 * random());
    if (kind === 0) return moveShape(X, capsule(vec(0.4), vec(0.4), 0.02 + 0.1 * random()));
    if (kind === 1) return moveShape(X, box([0, 0, 0], [0.05 + random(), 0.05 + random(), 0.05 + random()]));
    return moveShape(X, hull(Array.from({ length: 6 + Math.floor(20 * random()) }, () => vec(0.4))));
  };
  return Array.from({ length: 1000 }, () => {
    const [a, b] = [someShape(), someShape()];
    return { a, b, distanceM: distanceBetween(a, b) };
  }).filter(({ distanceM }) => distanceM > 1e-4);
}
