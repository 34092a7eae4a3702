import { expect, it } from "vitest";
import { cubicBSpline, cubicBSplineWeights } from "../../src/math/b-spline.ts";
import { seededRandom } from "../../src/math/random.ts";

it("weighs control points so that constants stay and straight lines stay straight", () => {
  for (let place = 1; place < 8; place += 0.13) {
    const weights = cubicBSplineWeights(place, 10);
    expect(weights.reduce((sum, { w }) => sum + w, 0)).toBeCloseTo(1, 12);
    expect(weights.reduce((sum, { k, w }) => sum + w * k, 0)).toBeCloseTo(place, 12);
  }
});

it("stays in the range of its control points and bends without a jump", () => {
  const random = seededRandom(3);
  const control = Float64Array.from({ length: 12 }, random);
  const f = cubicBSpline(control, 2, 0.5);
  const h = 1e-3;
  let before: number | undefined;
  for (let x = 1; x < 9; x += h) {
    expect(f(x)).toBeGreaterThanOrEqual(Math.min(...control) - 1e-12);
    expect(f(x)).toBeLessThanOrEqual(Math.max(...control) + 1e-12);
    const bend = (f(x + h) - 2 * f(x) + f(x - h)) / (h * h);
    if (before !== undefined) expect(Math.abs(bend - before)).toBeLessThan(0.2); // third derivative · h, at most 48 · h
    before = bend;
  }
});
