import { expect, it } from "vitest";
import { packedDistance, packShape, ROW, surelyFarther } from "../../src/collision/packed-shapes.ts";
import { box, capsule, sphere, type Shape } from "../../src/collision/shape.ts";
import { seededRandom } from "../../src/math/random.ts";
import { fromRotvec } from "../../src/math/rotation.ts";
import type { Vec3 } from "../../src/math/vec.ts";

function packed(a: Shape, b: Shape): Float64Array {
  const rows = new Float64Array(2 * ROW);
  packShape(rows, 0, a, []);
  packShape(rows, 1, b, []);
  return rows;
}

it("is sure that a ball beside the middle of a long capsule or box is far from it, whichever is named first", () => {
  // 0.5 − 0.1 − 0.05 = 0.35 from the capsule, 0.5 − 0.1 − 0.05 from the box's face
  const ball = sphere([0.2, 0.5, 0], 0.1);
  for (const long of [capsule([-2, 0, 0], [2, 0, 0], 0.05), box([0, 0, 0], [4, 0.1, 0.1])])
    for (const rows of [packed(ball, long), packed(long, ball)]) {
      expect(surelyFarther(rows, 0, ROW, 0.349)).toBe(true);
      expect(surelyFarther(rows, 0, ROW, 0.351)).toBe(false);
    }
});

it("is never sure of what is not so: two thousand pairs of capsules and boxes", () => {
  const random = seededRandom(31);
  const somewhere = (): Vec3 => [random() - 0.5, random() - 0.5, random() - 0.5];
  const some = (): Shape =>
    random() < 0.6
      ? capsule(somewhere(), somewhere(), 0.1 * random())
      : box(somewhere(), [random(), random(), random()], fromRotvec(somewhere()));
  let sure = 0;
  for (let round = 0; round < 2000; round++) {
    const rows = packed(some(), some());
    const limitM = 0.6 * random() - 0.1;
    if (!surelyFarther(rows, 0, ROW, limitM)) continue;
    sure += 1;
    expect(packedDistance(rows, 0, 1, []), `round ${round}`).toBeGreaterThanOrEqual(limitM - 1e-12);
  }
  expect(sure).toBeGreaterThan(100);
});
