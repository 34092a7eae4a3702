import type { Frame } from "./frame.ts";
import type { PeerLink } from "./peer-link.ts";

/** Longest time until messages that were dropped are told of [ms]. */
const TELL_MS = 1000;

/**
 * What is on its way to a peer. While the way is full, each publisher's last `depth` messages are kept and the older
 * ones dropped, as in ROS 2 (keep last), and it is told how many; everything else waits for its turn.
 */
export class Outbox {
  readonly #link: PeerLink;
  readonly #waiting: Frame[] = [];
  readonly #kept = new Map<string, number>();
  readonly #dropped = new Map<string, number>();
  readonly #onDropped: (publisher: string, count: number) => void;
  #full = false;

  /** @param onDropped told of each publisher whose messages did not get through, some time after, all of a burst together */
  constructor(link: PeerLink, onDropped: (publisher: string, count: number) => void) {
    this.#link = link;
    this.#onDropped = onDropped;
    link.onDrain(() => this.#drain());
  }

  /** Sends what must arrive. */
  send(frame: Frame): void {
    if (this.#full) this.#waiting.push(frame);
    else this.#full = !this.#link.send(frame);
  }

  /** Sends a message of a publisher, of which the last `depth` are kept. */
  sendMessage(frame: Frame & { readonly head: { readonly publisher: string } }, depth: number): void {
    if (!this.#full) return this.send(frame);
    const { publisher } = frame.head;
    const kept = this.#kept.get(publisher) ?? 0;
    if (kept >= depth) {
      const oldest = this.#waiting.findIndex(
        ({ head }) => head.op === "message" && head.publisher === publisher,
      );
      this.#waiting.splice(oldest, 1);
      this.#count(publisher);
    } else this.#kept.set(publisher, kept + 1);
    this.#waiting.push(frame);
  }

  #count(publisher: string): void {
    if (this.#dropped.size === 0) setTimeout(() => this.#tell(), TELL_MS).unref();
    this.#dropped.set(publisher, (this.#dropped.get(publisher) ?? 0) + 1);
  }

  #tell(): void {
    const counts = [...this.#dropped];
    this.#dropped.clear();
    for (const [publisher, count] of counts) this.#onDropped(publisher, count);
  }

  #drain(): void {
    this.#full = false;
    while (!this.#full) {
      const next = this.#waiting.shift();
      if (!next) return;
      const { head } = next;
      if (head.op === "message") this.#kept.set(head.publisher, (this.#kept.get(head.publisher) ?? 1) - 1);
      this.#full = !this.#link.send(next);
    }
  }
}
