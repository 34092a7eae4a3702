/** Delays of many events. */
export interface Lateness {
  /** Half of them are not later than this [s]. */
  readonly medianLateS: number;
  /** 99 of 100 are not [s]. */
  readonly p99LateS: number;
  /** Largest delay [s]. */
  readonly worstLateS: number;
}

/** Classes of delays grow by a tenth from one to the next: percentiles are right to about 10 %. */
const GROWTH = 1.1;
const SHORTEST_S = 1e-6;
const CLASSES = 200; // to 190 s

/** Counts delays without keeping them: always the same memory, whatever their number. */
export class LatenessRecord {
  readonly #counts = new Float64Array(CLASSES);
  #total = 0;
  #worstS = 0;

  add(lateS: number): void {
    const index = Math.ceil(Math.log(Math.max(lateS, SHORTEST_S) / SHORTEST_S) / Math.log(GROWTH));
    this.#counts[Math.min(index, CLASSES - 1)]! += 1;
    this.#total += 1;
    this.#worstS = Math.max(this.#worstS, lateS);
  }

  summary(): Lateness {
    return { medianLateS: this.#quantile(0.5), p99LateS: this.#quantile(0.99), worstLateS: this.#worstS };
  }

  #quantile(share: number): number {
    let left = Math.ceil(share * this.#total);
    for (let index = 0; index < CLASSES && this.#total > 0; index++) {
      left -= this.#counts[index]!;
      if (left <= 0) return Math.min(SHORTEST_S * GROWTH ** index, this.#worstS);
    }
    return 0;
  }
}
