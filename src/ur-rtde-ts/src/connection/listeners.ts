/** Listeners of one event, called in the order they came. One may remove itself, or others, while called. */
export class Listeners<Args extends readonly unknown[]> {
  #listeners: readonly ((...args: Args) => void)[] = [];

  /** Whether somebody listens. */
  get any(): boolean {
    return this.#listeners.length > 0;
  }

  /** @returns a function that removes the listener again */
  add(listener: (...args: Args) => void): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  emit(...args: Args): void {
    for (const listener of this.#listeners) listener(...args);
  }
}
