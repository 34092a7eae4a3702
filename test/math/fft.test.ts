import { expect, it } from "vitest";
import { Fft } from "../../src/math/fft.ts";
import { seededRandom } from "../../src/math/random.ts";

it("agrees with the sum that defines it, for any input of 1 to 64 values", () => {
  const random = seededRandom(5);
  for (const size of [1, 2, 4, 8, 16, 64]) {
    const x = Array.from({ length: size }, () => [random() - 0.5, random() - 0.5] as const);
    const re = Float64Array.from(x, ([r]) => r);
    const im = Float64Array.from(x, ([, i]) => i);
    new Fft(size).forward(re, im);
    for (let k = 0; k < size; k++) {
      let [r, i] = [0, 0];
      x.forEach(([xr, xi], n) => {
        const turn = (-2 * Math.PI * k * n) / size;
        r += xr * Math.cos(turn) - xi * Math.sin(turn);
        i += xr * Math.sin(turn) + xi * Math.cos(turn);
      });
      expect(re[k]).toBeCloseTo(r, 10);
      expect(im[k]).toBeCloseTo(i, 10);
    }
  }
});
