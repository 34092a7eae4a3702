import { expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { emptyShares, shareAt, sharesAbove } from "../../src/trajectory/linear-shares.ts";

it("leaves out only shares that stay below a bound however the unknowns move within their range, and keeps the rest in order", () => {
  const random = seededRandom(41);
  const [unknowns, reach] = [40, 6];
  const shares = emptyShares(300, reach);
  for (let i = 0; i < 300; i++) {
    shares.value[i] = random() - 0.5;
    shares.first[i] = Math.floor(random() * (unknowns - reach));
    for (let n = 0; n < reach; n++) shares.slope[i * reach + n] = random() - 0.5;
    shares.count++;
  }
  const kept = sharesAbove(shares, 0.3, 0.1);
  expect(kept.count).toBeGreaterThan(50);
  expect(kept.count).toBeLessThan(290);
  for (let round = 0; round < 200; round++) {
    const away = Float64Array.from({ length: unknowns }, () => 0.1 * Math.sign(random() - 0.5));
    const above = (of: typeof kept): readonly number[] =>
      Array.from({ length: of.count }, (_, i) => shareAt(of, i, away)).filter((v) => Math.abs(v) > 0.3);
    expect(above(kept)).toEqual(above(shares));
  }
});
