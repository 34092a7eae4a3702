/** So many arrivals, one after the other, tell how quick the way can be. */
const MANY = 500;

/**
 * How much later things arrive than the way takes at its quickest [s]: what waited for somebody who could not keep up.
 *
 * Two clocks are compared that need not agree; what is quick is learned from the last one to two times `MANY` arrivals, so
 * that a clock which stood still, or runs a little slower, makes nothing late for long.
 */
export class Lateness {
  #quickestS = Infinity;
  #quickestBeforeS = Infinity;
  #count = 0;

  /** @param nowS this side's clock, @param sentS the sender's clock when it sent [s] */
  of(nowS: number, sentS: number): number {
    const tookS = nowS - sentS;
    if (this.#count++ === MANY) {
      this.#quickestBeforeS = this.#quickestS;
      [this.#quickestS, this.#count] = [Infinity, 1];
    }
    this.#quickestS = Math.min(this.#quickestS, tookS);
    return tookS - Math.min(this.#quickestS, this.#quickestBeforeS);
  }
}
