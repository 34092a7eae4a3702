import { ConnectionError } from "ur-rtde-ts";
import type { ClientStream } from "./client-stream.ts";

/** More than this unread, and a client is behind [bytes]. @assumed about a tenth of a second of every interface */
const MAX_BACKLOG_BYTES = 1 << 17;

/** What to do with a client that is behind: leave this out for it, or cut it off. */
export type WhenBehind = "skip" | "cut-off";

/** One client: writing to one that has just gone is not an error. */
export class ServedClient {
  readonly #stream: ClientStream;
  readonly #whenBehind: WhenBehind;
  #closed = false;

  constructor(stream: ClientStream, whenBehind: WhenBehind) {
    this.#stream = stream;
    this.#whenBehind = whenBehind;
    stream.onClose(() => (this.#closed = true));
  }

  get closed(): boolean {
    return this.#closed;
  }

  write(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#stream.backlogBytes > MAX_BACKLOG_BYTES) {
      if (this.#whenBehind === "cut-off") this.close();
      return;
    }
    try {
      this.#stream.write(bytes);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.close(); // it hung up a moment ago; its close event is on the way
    }
  }

  close(): void {
    this.#closed = true;
    this.#stream.close();
  }
}

/** The clients of one server. */
export class StreamSet {
  readonly #clients = new Set<ServedClient>();
  readonly #whenBehind: WhenBehind;

  constructor(whenBehind: WhenBehind) {
    this.#whenBehind = whenBehind;
  }

  add(stream: ClientStream): ServedClient {
    const client = new ServedClient(stream, this.#whenBehind);
    this.#clients.add(client);
    stream.onClose(() => this.#clients.delete(client));
    return client;
  }

  get size(): number {
    return this.#clients.size;
  }

  /** To everybody. */
  write(bytes: Uint8Array): void {
    for (const client of this.#clients) client.write(bytes);
  }

  close(): void {
    for (const client of this.#clients) client.close();
    this.#clients.clear();
  }
}
