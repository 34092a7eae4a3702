/** Slower than this nobody would call it the same piece [%]. @assumed */
export const SLOWEST_PERCENT = 50;
const COARSE_PERCENT = 10;

/** Whether it is slow, but the same piece. @param factor share of the written tempo */
export const isFastEnough = (factor: number): boolean => factor * 100 > SLOWEST_PERCENT - 1e-9;

/** The slowest tempo below a refused one that a test accepts, as a share of the written tempo, in steps of 10 %; undefined = none. */
export function slowestTempo(accepts: (factor: number) => boolean, refused = 1): number | undefined {
  for (let percent = SLOWEST_PERCENT; percent < refused * 100 - 1e-9; percent += COARSE_PERCENT)
    if (accepts(percent / 100)) return percent / 100;
  return undefined;
}

/**
 * The fastest tempo below a refused one that a test accepts, as a share of the written tempo, in steps of 1 %.
 *
 * From fast to slow in steps of 10 %, then by bisection. Not by bisection alone: too slow can be unplayable as well, when
 * a long slur runs out of bow.
 *
 * @param refused the tempo that was refused, as a share of the written one
 * @returns undefined when nothing down to half of it is accepted
 */
export function fastestTempo(playable: (factor: number) => boolean, refused = 1): number | undefined {
  const top = Math.ceil(refused * 100 - 1e-9);
  for (let low = top - COARSE_PERCENT; low > SLOWEST_PERCENT - COARSE_PERCENT; low -= COARSE_PERCENT) {
    const [good, bad] = [Math.max(low, SLOWEST_PERCENT), low + COARSE_PERCENT];
    if (good >= bad || !playable(good / 100)) continue;
    return fasterTempo(playable, { plays: good / 100, refused: bad / 100 }, Infinity);
  }
  return undefined;
}

/**
 * A tempo between one that plays and a faster one that was refused, by bisection in steps of 1 %: the fastest that a test accepts in few trials.
 *
 * @param known both as shares of the written tempo
 * @returns `plays` where nothing faster is accepted
 */
export function fasterTempo(
  accepts: (factor: number) => boolean,
  known: { readonly plays: number; readonly refused: number },
  mostTrials: number,
): number {
  let [good, bad] = [Math.round(100 * known.plays), Math.ceil(100 * known.refused - 1e-9)];
  for (let trial = 0; trial < mostTrials && bad - good > 1; trial++) {
    const middle = (good + bad) >> 1;
    if (accepts(middle / 100)) good = middle;
    else bad = middle;
  }
  return good / 100;
}
