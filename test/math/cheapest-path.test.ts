import { expect, it } from "vitest";
import { cheapestPath, type LayeredCosts } from "../../src/math/cheapest-path.ts";
import { seededRandom } from "../../src/math/random.ts";

/** The least price of all sequences, by trying every one. */
function bruteForce({ steps, levels, node, edge, reach }: LayeredCosts): number {
  let best = Infinity;
  const go = (step: number, level: number, price: number): void => {
    const here = price + node(step, level);
    if (here >= best) return;
    if (step === steps - 1) best = here;
    else
      for (let to = Math.max(0, level - reach); to <= Math.min(levels - 1, level + reach); to++)
        go(step + 1, to, here + edge(step + 1, level, to));
  };
  for (let level = 0; level < levels; level++) go(0, level, 0);
  return best;
}

it("finds the price that trying every sequence finds", () => {
  const random = seededRandom(5);
  for (let round = 0; round < 60; round++) {
    const [steps, levels, reach] = [2 + Math.floor(5 * random()), 2 + Math.floor(4 * random()), 1];
    const table = Array.from({ length: steps * levels }, () => (random() < 0.1 ? Infinity : random()));
    const climbs = Array.from({ length: steps * levels * levels }, () => random());
    const costs: LayeredCosts = {
      steps,
      levels,
      reach,
      node: (k, l) => table[k * levels + l]!,
      edge: (k, a, b) => climbs[(k * levels + a) * levels + b]!,
    };
    const path = cheapestPath(costs);
    const wanted = bruteForce(costs);
    if (!path) {
      expect(wanted, `round ${round}`).toBe(Infinity);
      continue;
    }
    let price = costs.node(0, path[0]!);
    for (let k = 1; k < steps; k++) {
      expect(Math.abs(path[k]! - path[k - 1]!)).toBeLessThanOrEqual(reach);
      price += costs.edge(k, path[k - 1]!, path[k]!) + costs.node(k, path[k]!);
    }
    expect(price, `round ${round}`).toBeCloseTo(wanted, 12);
  }
});
