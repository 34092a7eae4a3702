/** Slower than this nobody would call it the same piece [-]. @assumed */
const SLOWEST_PERCENT = 30;
const COARSE_PERCENT = 10;

/**
 * The fastest tempo below the written one that a test accepts, as a share of it, in steps of 1 %.
 *
 * From fast to slow in steps of 10 %, then by bisection. Not by bisection alone: too slow can be unplayable as well, when
 * a long slur runs out of bow.
 *
 * @returns undefined when nothing down to 30 % is accepted
 */
export function fastestTempo(playable: (factor: number) => boolean): number | undefined {
  const at = (percent: number): boolean => playable(percent / 100);
  for (let low = 100 - COARSE_PERCENT; low >= SLOWEST_PERCENT; low -= COARSE_PERCENT) {
    if (!at(low)) continue;
    let [good, bad] = [low, low + COARSE_PERCENT];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (at(middle)) good = middle;
      else bad = middle;
    }
    return good / 100;
  }
  return undefined;
}
