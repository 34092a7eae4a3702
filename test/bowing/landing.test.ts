import { expect, it } from "vitest";
import { bestLandings } from "../../src/bowing/landing.ts";
import { seededRandom } from "../../src/math/random.ts";

it("finds the same landings as trying every bin within reach", () => {
  const random = seededRandom(5);
  for (let round = 0; round < 60; round++) {
    const price = Float64Array.from({ length: 1 + Math.floor(random() * 30) }, () =>
      random() < 0.3 ? Infinity : random(),
    );
    const [reach, perBin] = [Math.floor(random() * 35), random() * 0.1];
    const best = bestLandings(price, reach, perBin);
    for (let from = 0; from < price.length; from++) {
      let least = Infinity;
      for (let to = 0; to < price.length; to++)
        if (Math.abs(to - from) <= reach) least = Math.min(least, price[to]! + perBin * Math.abs(to - from));
      if (least === Infinity) expect(best.cost[from]).toBe(Infinity);
      else {
        expect(best.cost[from], `round ${round}, bin ${from}`).toBeCloseTo(least, 12);
        const to = best.bin[from]!;
        expect(Math.abs(to - from)).toBeLessThanOrEqual(reach);
        expect(price[to]! + perBin * Math.abs(to - from)).toBeCloseTo(least, 12);
      }
    }
  }
});
