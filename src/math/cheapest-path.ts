/** A choice among levels at every step, and what it costs. */
export interface LayeredCosts {
  readonly steps: number;
  readonly levels: number;
  /** Price of being on a level; Infinity = cannot be. */
  readonly node: (step: number, level: number) => number;
  /** Price of going from a level at `step − 1` to one at `step`. */
  readonly edge: (step: number, from: number, to: number) => number;
  /** Largest change of level in one step. */
  readonly reach: number;
}

/**
 * The cheapest sequence of levels (Viterbi). Equal prices are settled by the lower level.
 *
 * @returns level per step, or undefined where no sequence has a finite price
 */
export function cheapestPath({ steps, levels, node, edge, reach }: LayeredCosts): Int16Array | undefined {
  let cost = Float64Array.from({ length: levels }, (_, level) => node(0, level));
  const cameFrom = new Int16Array(steps * levels);
  for (let step = 1; step < steps; step++) {
    const next = new Float64Array(levels).fill(Infinity);
    for (let to = 0; to < levels; to++) {
      const here = node(step, to);
      if (here === Infinity) continue;
      for (let from = Math.max(0, to - reach); from <= Math.min(levels - 1, to + reach); from++) {
        if (cost[from] === Infinity) continue;
        const offered = cost[from]! + edge(step, from, to) + here;
        if (offered < next[to]!) {
          next[to] = offered;
          cameFrom[step * levels + to] = from;
        }
      }
    }
    cost = next;
  }
  let level = cost.indexOf(Math.min(...cost));
  if (cost[level] === Infinity || level < 0) return undefined;
  const path = new Int16Array(steps);
  for (let step = steps - 1; step >= 0; step--) {
    path[step] = level;
    level = cameFrom[step * levels + level]!;
  }
  return path;
}
