import { TOPICS, type MessageOf, type Topic } from "./topics.ts";

type Listener = (message: never) => void;

/**
 * Topics inside one process: the same names and types as on a ROS graph, delivered at once.
 *
 * Order is a promise, because lock-step runs must repeat bit for bit: subscribers hear a message in the order in which
 * they subscribed, and a message published from inside a subscriber waits until the one before it reached everybody.
 */
export class LocalBus {
  readonly #listeners = new Map<Topic, Set<Listener>>();
  readonly #latched = new Map<Topic, unknown>();
  readonly #waiting: { readonly topic: Topic; readonly message: unknown }[] = [];
  #delivering = false;

  /** Delivers to every subscriber before it returns. A subscriber's error surfaces here, after all have heard. */
  publish<T extends Topic>(topic: T, message: MessageOf<T>): void {
    this.#waiting.push({ topic, message });
    if (this.#delivering) return;
    const errors: unknown[] = [];
    this.#delivering = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#deliver(next, errors);
    this.#delivering = false;
    if (errors.length > 0) throw errors[0];
  }

  /**
   * Hears every message from now on, and on a latched topic first the last one already published.
   *
   * @returns stops the subscription
   */
  subscribe<T extends Topic>(topic: T, listener: (message: MessageOf<T>) => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    const entry: Listener = (message) => listener(message);
    this.#listeners.set(topic, listeners.add(entry));
    if (this.#latched.has(topic)) listener(this.#latched.get(topic) as MessageOf<T>);
    return () => void listeners.delete(entry);
  }

  #deliver({ topic, message }: { topic: Topic; message: unknown }, errors: unknown[]): void {
    if (TOPICS[topic].latched) this.#latched.set(topic, message);
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) {
      try {
        listener(message as never);
      } catch (error) {
        errors.push(error);
      }
    }
  }
}
