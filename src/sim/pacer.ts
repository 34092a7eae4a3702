import { PERIOD_S } from "./controller/control-cycle.ts";

/** Cycles made up for in one go; what is later still is made up for in the next ones. */
const MAX_CATCH_UP = 50;
const PERIOD_MS = PERIOD_S * 1000;

/** How well the pacer has kept time. */
export interface PaceReport {
  readonly cycles: number;
  /** Cycles that began more than one period late. */
  readonly lateCycles: number;
  /** Largest delay of a cycle [s]. */
  readonly worstLateS: number;
}

/** A clock that calls back every 2 ms on the average: deadlines are absolute, so delays do not add up. */
export class Pacer {
  readonly #step: () => void;
  readonly #startMs = performance.now();
  #cycles = 0;
  #lateCycles = 0;
  #worstLateMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(step: () => void) {
    this.#step = step;
    this.#wait();
  }

  get report(): PaceReport {
    return { cycles: this.#cycles, lateCycles: this.#lateCycles, worstLateS: this.#worstLateMs / 1000 };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #deadlineMs(): number {
    return this.#startMs + (this.#cycles + 1) * PERIOD_MS;
  }

  #wait(): void {
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, this.#deadlineMs() - performance.now()));
  }

  #tick(): void {
    for (let n = 0; n < MAX_CATCH_UP && this.#timer !== undefined; n++) {
      const lateMs = performance.now() - this.#deadlineMs();
      if (lateMs < 0) break;
      if (lateMs > PERIOD_MS) this.#lateCycles += 1;
      this.#worstLateMs = Math.max(this.#worstLateMs, lateMs);
      this.#cycles += 1;
      this.#step();
    }
    if (this.#timer !== undefined) this.#wait();
  }
}
