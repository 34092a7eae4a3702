/** Now, in nanoseconds. The core never asks; adapters and nodes do, through this. */
export interface Clock {
  nowNs(): bigint;
}

/** Wall clock [ns since 1970] that never steps: read once, then carried on by the monotonic clock. */
export function systemClock(): Clock {
  const offsetNs = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();
  return { nowNs: () => offsetNs + process.hrtime.bigint() };
}

/** A clock that stands still until it is told to go on: lock-step simulation and tests. */
export class ManualClock implements Clock {
  #nowNs: bigint;

  constructor(startNs = 0n) {
    this.#nowNs = startNs;
  }

  nowNs(): bigint {
    return this.#nowNs;
  }

  /** @param byNs ≥ 0 */
  advance(byNs: bigint): void {
    if (byNs < 0n) throw new RangeError(`a clock cannot go back by ${-byNs} ns`);
    this.#nowNs += byNs;
  }
}
