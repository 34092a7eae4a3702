/** The end of something: it comes once, with or without a reason, and whoever asks is told, also afterwards. */
export class Ending {
  #listeners: readonly ((reason: Error | undefined) => void)[] = [];
  #over = false;
  #reason: Error | undefined;

  get over(): boolean {
    return this.#over;
  }

  get reason(): Error | undefined {
    return this.#reason;
  }

  /** Ends it, unless it is over, and tells the listeners in the order they came. */
  end(reason: Error | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#reason = reason;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener(reason);
  }

  /** Calls back once, at once if it is over. @returns a function that stops it */
  onEnd(listener: (reason: Error | undefined) => void): () => void {
    if (this.#over) listener(this.#reason);
    else this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }
}
