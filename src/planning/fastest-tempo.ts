/** Slower than this nobody would call it the same piece [-]. @assumed */
const SLOWEST = 0.25;
const STEP = 0.01;

/**
 * The fastest tempo, as a share of the written one, that a test accepts: in steps of 1 %, down to 25 %.
 *
 * Bisection: playability is taken to be monotonous in tempo, which the answer itself is checked for.
 *
 * @returns undefined when even the slowest is refused
 */
export function fastestTempo(playable: (factor: number) => boolean): number | undefined {
  if (!playable(SLOWEST)) return undefined;
  let [low, high] = [Math.round(SLOWEST / STEP), Math.round(1 / STEP)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (playable(middle * STEP)) low = middle;
    else high = middle;
  }
  return low * STEP;
}
