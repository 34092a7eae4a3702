import { ConnectionError } from "ur-rtde-ts";
import type { ClientStream } from "./client-stream.ts";

/** A client that reads nothing is cut off at this backlog [bytes]. @assumed */
const MAX_BACKLOG_BYTES = 1 << 20;

/** One client: writing to one that has just gone is not an error. */
export class ServedClient {
  readonly #stream: ClientStream;
  #closed = false;

  constructor(stream: ClientStream) {
    this.#stream = stream;
    stream.onClose(() => (this.#closed = true));
  }

  get closed(): boolean {
    return this.#closed;
  }

  write(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#stream.backlogBytes > MAX_BACKLOG_BYTES) return this.close();
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

  add(stream: ClientStream): ServedClient {
    const client = new ServedClient(stream);
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
