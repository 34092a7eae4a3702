/**
 * What the nodes of one process share beside the graph: things that cannot be messages, and the turn of the event loop.
 *
 * A node must also work where an offer is absent, because its neighbour runs elsewhere.
 */
export class Workplace {
  /** Things by name that nodes of this process hold out to each other: streams in memory, for lock-step. */
  readonly offers = new Map<string, unknown>();
  readonly #waits = new Set<() => Promise<void>>();

  /** Lets the event loop turn, then waits for everybody who asked for it: a lock-step loop breathes here. */
  async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (const wait of this.#waits) await wait();
  }

  /** Makes every `turn` wait for this, too. @returns takes it back */
  waitEveryTurn(wait: () => Promise<void>): () => void {
    this.#waits.add(wait);
    return () => void this.#waits.delete(wait);
  }
}
