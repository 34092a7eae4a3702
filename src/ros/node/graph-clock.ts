import type { Clock } from "../clock.ts";

/** Runs `callback` again and again until it is stopped. */
export type StopTimer = () => void;

/** The time of a node: wall clock, or what `/clock` says. */
export interface NodeClock extends Clock {
  /** @param periodS > 0; on a simulated clock it fires when that clock passes, once for any number of periods */
  every(periodS: number, callback: () => void): StopTimer;
}

/** Wall clock; timers never keep a process alive. */
export const wallNodeClock = (clock: Clock): NodeClock => ({
  nowNs: () => clock.nowNs(),
  every(periodS, callback) {
    const timer = setInterval(callback, periodS * 1000).unref();
    return () => clearInterval(timer);
  },
});

/** A clock that goes by `/clock`; 0 until the first message. A jump back (a bag starts again) starts its timers again. */
export class SimulatedNodeClock implements NodeClock {
  readonly #timers = new Set<{ readonly periodNs: bigint; nextNs: bigint; readonly callback: () => void }>();
  #nowNs = 0n;

  nowNs(): bigint {
    return this.#nowNs;
  }

  every(periodS: number, callback: () => void): StopTimer {
    const periodNs = BigInt(Math.max(1, Math.round(periodS * 1e9)));
    const timer = { periodNs, nextNs: this.#nowNs + periodNs, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** @param nowNs what `/clock` says */
  set(nowNs: bigint): void {
    const back = nowNs < this.#nowNs;
    this.#nowNs = nowNs;
    for (const timer of [...this.#timers]) {
      if (back) timer.nextNs = nowNs + timer.periodNs;
      if (nowNs < timer.nextNs) continue;
      timer.nextNs = nowNs + timer.periodNs;
      timer.callback();
    }
  }
}
