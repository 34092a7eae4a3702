import type { Frame } from "./frame.ts";
import type { PeerLink } from "./peer-link.ts";

/**
 * What is on its way to a peer. While the way is full, each publisher keeps its last `depth` messages and drops the older
 * ones, as in ROS 2 (keep last); everything else waits for its turn.
 */
export class Outbox {
  readonly #link: PeerLink;
  readonly #waiting: Frame[] = [];
  readonly #kept = new Map<string, number>();
  #full = false;
  #dropped = 0;

  constructor(link: PeerLink) {
    this.#link = link;
    link.onDrain(() => this.#drain());
  }

  /** Messages that a slow peer never got. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Sends what must arrive. */
  send(frame: Frame): void {
    if (this.#full) this.#waiting.push(frame);
    else this.#full = !this.#link.send(frame);
  }

  /** Sends a message of a publisher whose history is `depth` deep. */
  sendMessage(frame: Frame & { readonly head: { readonly publisher: string } }, depth: number): void {
    if (!this.#full) return this.send(frame);
    const { publisher } = frame.head;
    const kept = this.#kept.get(publisher) ?? 0;
    if (kept >= depth) {
      const oldest = this.#waiting.findIndex(
        ({ head }) => head.op === "message" && head.publisher === publisher,
      );
      this.#waiting.splice(oldest, 1);
      this.#dropped++;
    } else this.#kept.set(publisher, kept + 1);
    this.#waiting.push(frame);
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
