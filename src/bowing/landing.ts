/** For each bin where the bow was lifted: the cheapest bin within reach to set it down, and its price. */
export interface Landing {
  readonly cost: Float64Array;
  readonly bin: Int16Array;
}

/**
 * The best landing for every bin, air travel included:
 *
 *     cost(from) = min over |to − from| ≤ reach of  price(to) + pricePerBin · |to − from|
 *
 * One sweep towards the tip and one towards the frog, each a sliding minimum of `price(to) ∓ pricePerBin · to`.
 */
export function bestLandings(price: Float64Array, reachBins: number, pricePerBin: number): Landing {
  const bins = price.length;
  const best = { cost: new Float64Array(bins).fill(Infinity), bin: new Int16Array(bins).fill(-1) };
  const queue = new Int16Array(bins); // landing bins in order of sweep, their values rising
  for (const sign of [1, -1]) {
    let [head, tail] = [0, 0];
    const value = (bin: number): number => price[bin]! - sign * pricePerBin * bin;
    for (let i = 0; i < bins; i++) {
      const from = sign > 0 ? i : bins - 1 - i;
      const [arrived, reach] = [value(from), from - sign * reachBins];
      while (tail > head && value(queue[tail - 1]!) > arrived) tail--;
      queue[tail++] = from;
      while (sign * (queue[head]! - reach) < 0) head++;
      const offered = value(queue[head]!) + sign * pricePerBin * from;
      if (offered < best.cost[from]!) {
        best.cost[from] = offered;
        best.bin[from] = queue[head]!;
      }
    }
  }
  return best;
}
