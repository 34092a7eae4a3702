import { aborted, ConnectionError } from "./errors.ts";

/** Waits for things to become so, where every piece of news may be the one that makes it so. */
export class News {
  readonly #name: string;
  readonly #onClosed: (listener: (reason: Error | undefined) => void) => () => void;
  readonly #failure: () => Error;
  #lookers: readonly (() => void)[] = [];

  /**
   * @param name of what is waited on, for errors
   * @param source where the news comes from: when it ends, so does the waiting, with its `failure`
   */
  constructor(
    name: string,
    source: { onClosed(listener: (reason: Error | undefined) => void): () => void; readonly failure: Error },
  ) {
    this.#name = name;
    this.#onClosed = (listener) => source.onClosed(listener);
    this.#failure = () => source.failure;
  }

  /** There is news: everybody who waits looks again, in the order they came. */
  tell(): void {
    for (const look of this.#lookers) look();
  }

  /**
   * As `until`, but not for ever.
   * @throws ConnectionError NO_ANSWER when it is not so in time
   */
  async within(timeoutMs: number, isSo: () => boolean, signal?: AbortSignal): Promise<void> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), timeoutMs);
    try {
      await this.until(isSo, signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]));
    } catch (error) {
      if (!over.signal.aborted || signal?.aborted === true) throw error;
      const text = `What was waited for from ${this.#name} did not come within ${timeoutMs} ms.`;
      throw new ConnectionError("NO_ANSWER", text, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Resolves when `isSo`, which is looked at now and with all news; what it throws is the outcome.
   * @throws ConnectionError ABORTED; what ended the source
   */
  until(isSo: () => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(aborted(this.#name, signal));
      let settled = false;
      let stopWatching = (): void => undefined;
      const settle = (outcome: () => void): void => {
        settled = true;
        this.#lookers = this.#lookers.filter((other) => other !== look);
        stopWatching();
        signal?.removeEventListener("abort", giveUp);
        outcome();
      };
      const giveUp = () => settle(() => reject(aborted(this.#name, signal)));
      const look = () => {
        if (settled) return; // by a look before, in the same round
        try {
          if (isSo()) settle(resolve);
        } catch (error) {
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      this.#lookers = [...this.#lookers, look];
      signal?.addEventListener("abort", giveUp, { once: true });
      look();
      if (settled) return;
      stopWatching = this.#onClosed(() => {
        if (!settled) settle(() => reject(this.#failure()));
      });
    });
  }
}
