import { expect, it } from "vitest";
import { distanceBetween } from "../../src/collision/distance.ts";
import { box, capsule, moveShape, sphere, type Box, type Capsule } from "../../src/collision/shape.ts";
import { seededRandom } from "../../src/math/random.ts";
import { fromRotvec, rotate } from "../../src/math/rotation.ts";
import { add, addScaled, distance, lerp, type Vec3 } from "../../src/math/vec.ts";
import { gjkDistance } from "./gjk.ts";

const DEGREE = Math.PI / 180;

it("measures two crossing capsules between their axes, less both radii", () => {
  // Axes along x at z = 0 and along y at z = 0.5: 0.5 − 0.1 − 0.15
  const d = distanceBetween(capsule([-1, 0, 0], [1, 0, 0], 0.1), capsule([0, -1, 0.5], [0, 1, 0.5], 0.15));
  expect(d).toBeCloseTo(0.25, 15);
});

it("measures from an end point where the segments do not face each other", () => {
  // Ends (1,0,0) and (4,4,0): a 3-4-5 triangle
  expect(distanceBetween(capsule([0, 0, 0], [1, 0, 0], 0), capsule([4, 4, 0], [4, 9, 0], 0))).toBeCloseTo(
    5,
    15,
  );
});

it("measures parallel capsules, overlapping in length or not", () => {
  const a = capsule([0, 0, 0], [1, 0, 0], 0);
  expect(distanceBetween(a, capsule([0.5, 0.3, 0], [2, 0.3, 0], 0))).toBeCloseTo(0.3, 15);
  expect(distanceBetween(a, capsule([2, 0, 0], [5, 0, 0], 0))).toBeCloseTo(1, 15);
  expect(distanceBetween(a, capsule([0.2, 0.3, 0], [0.8, 0.3 + 1e-12, 0], 0))).toBeCloseTo(0.3, 11);
});

it("takes a sphere for a capsule without length", () => {
  expect(distanceBetween(sphere([0, 0, 0], 1), sphere([0, 3, 4], 1.5))).toBeCloseTo(2.5, 15);
  expect(distanceBetween(sphere([0.5, 2, 0], 0.5), capsule([0, 0, 0], [1, 0, 0], 0.25))).toBeCloseTo(
    1.25,
    15,
  );
});

it("says how deep two capsules are pressed into each other", () => {
  expect(distanceBetween(sphere([0, 0, 0], 0.5), sphere([0, 0, 0.8], 0.5))).toBeCloseTo(-0.2, 15);
});

it("measures a capsule over the face, the edge and the corner of a box", () => {
  const block = box([0, 0, 0], [2, 2, 2]);
  expect(distanceBetween(capsule([-5, 0.3, 1.5], [5, 0.3, 1.5], 0.1), block)).toBeCloseTo(0.4, 15);
  // Line x = z = 2 along y against the edge x = z = 1: √2
  expect(distanceBetween(capsule([2, -1, 2], [2, 1, 2], 0), block)).toBeCloseTo(Math.SQRT2, 15);
  expect(distanceBetween(sphere([2, 2, 2], 0.5), block)).toBeCloseTo(Math.sqrt(3) - 0.5, 15);
  // A slanted line x + z = 4 (y = 0) passes the edge (1, 0, 1) at 2/√2
  expect(distanceBetween(capsule([-1, 0, 5], [5, 0, -1], 0), block)).toBeCloseTo(Math.SQRT2, 15);
});

it("gives minus the radius where the axis of a capsule passes through a box", () => {
  expect(distanceBetween(capsule([-5, 0, 0], [5, 0, 0], 0.1), box([0, 0, 0], [1, 1, 1]))).toBeCloseTo(
    -0.1,
    15,
  );
});

it("measures two boxes corner to face, edge to edge, and 0 where one holds the other", () => {
  const unit = box([0, 0, 0], [1, 1, 1]);
  // Standing on its corner the unit cube reaches √3/2 down; on its edge √2/2
  const onCorner = fromRotvec([
    Math.atan(Math.SQRT2) * Math.SQRT1_2,
    -Math.atan(Math.SQRT2) * Math.SQRT1_2,
    0,
  ]);
  expect(distanceBetween(box([0.1, 0.1, 2], [1, 1, 1], onCorner), unit)).toBeCloseTo(
    1.5 - Math.sqrt(3) / 2,
    12,
  );
  const roofX = box([0, 0, 0], [1, 1, 1], fromRotvec([45 * DEGREE, 0, 0]));
  const roofY = box([0, 0, 2], [1, 1, 1], fromRotvec([0, 45 * DEGREE, 0]));
  expect(distanceBetween(roofX, roofY)).toBeCloseTo(2 - Math.SQRT2, 12);
  expect(distanceBetween(box([0.1, 0, 0], [0.2, 0.2, 0.2]), unit)).toBe(0);
});

const ROUNDS = 1500;

it("agrees with Gilbert, Johnson and Keerthi on random solids to 1e-9 m", () => {
  const random = seededRandom(11);
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b] = [randomShape(random), randomShape(random)];
    expect(Math.abs(distanceBetween(a, b) - gjkDistance(a, b)), `round ${round}`).toBeLessThan(1e-9);
  }
});

it("agrees with it on capsules that are parallel, or all but parallel", () => {
  const random = seededRandom(14);
  for (let round = 0; round < ROUNDS; round++) {
    const [a, along, by] = [randomPoint(random, 1), randomPoint(random, 1), randomPoint(random, 0.3)];
    const b = add(addScaled(a, along, 4 * random() - 2), by);
    const tilt = randomPoint(random, 10 ** (-16 * random()));
    const first = capsule(a, add(a, along), 0);
    const second = capsule(b, addScaled(add(b, tilt), along, 2 * random() - 1), 0);
    const d = distanceBetween(first, second);
    expect(Math.abs(d - gjkDistance(first, second)), `round ${round}`).toBeLessThan(1e-9);
  }
});

it("is the same from both sides, and wherever the pair stands", () => {
  const random = seededRandom(12);
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b] = [randomShape(random), randomShape(random)];
    const X = { p_m: randomPoint(random, 3), R: fromRotvec(randomPoint(random, 3)) };
    const d = distanceBetween(a, b);
    expect(distanceBetween(b, a), `round ${round}`).toBeCloseTo(d, 14);
    expect(distanceBetween(moveShape(X, a), moveShape(X, b)), `round ${round}`).toBeCloseTo(d, 10);
  }
});

it("is never larger than the distance of any two points of the solids, and changes by no more than a shift", () => {
  const random = seededRandom(13);
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b] = [randomShape(random), randomShape(random)];
    const d = distanceBetween(a, b);
    for (let k = 0; k < 20; k++)
      expect(distance(pointOf(a, random), pointOf(b, random)), `round ${round}`).toBeGreaterThanOrEqual(
        d - 1e-12,
      );
    const shift = randomPoint(random, 0.1);
    const moved = moveShape({ p_m: shift, R: [1, 0, 0, 0, 1, 0, 0, 0, 1] }, a);
    expect(Math.abs(distanceBetween(moved, b) - d)).toBeLessThanOrEqual(Math.hypot(...shift) + 1e-12);
  }
});

function randomPoint(random: () => number, size: number): Vec3 {
  const x = (): number => (2 * random() - 1) * size;
  return [x(), x(), x()];
}

function randomShape(random: () => number): Capsule | Box {
  const at = randomPoint(random, 0.6);
  if (random() < 0.5) return capsule(at, add(at, randomPoint(random, 0.6)), 0.1 * random());
  return box(at, [random(), random(), random()], fromRotvec(randomPoint(random, 3)));
}

/** Any point of the core. */
function pointOf(shape: Capsule | Box, random: () => number): Vec3 {
  if (shape.kind === "capsule") return lerp(shape.a_m, shape.b_m, random());
  const local = shape.half_m.map((h) => (2 * random() - 1) * h) as unknown as Vec3;
  return add(shape.centre_m, rotate(shape.R, local));
}
