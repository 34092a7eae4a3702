import { type ByteStream } from "./byte-stream.ts";
import { Ending } from "./ending.ts";
import { ConnectionError, ProtocolError } from "./errors.ts";

/**
 * One conversation with a controller: it ends once, by either side, a broken line or bytes that cannot be, and
 * whoever waits on it is given that one reason. What comes after the end is not heard.
 */
export class Connection {
  readonly #stream: ByteStream;
  readonly #name: string;
  readonly #ending = new Ending();
  #receivedBytes = 0;
  #closing = false;

  /** @param name named in errors: "RTDE" */
  constructor(stream: ByteStream, name: string) {
    this.#stream = stream;
    this.#name = name;
  }

  /** Begins to hear. A stream in memory may deliver before this returns. */
  listen(hear: (bytes: Uint8Array) => void): void {
    this.#stream.onClose((reason) => this.end(reason ?? this.#hungUp()));
    this.#stream.onData((bytes) => {
      if (this.#ending.over) return;
      this.#receivedBytes += bytes.length;
      try {
        hear(bytes);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error; // a listener's own
        this.end(error);
      }
    });
  }

  get closed(): boolean {
    return this.#ending.over;
  }

  /** Bytes heard so far; standing still means that the other side fell silent. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Why nothing can be asked any more, once it is closed. */
  get failure(): Error {
    return (
      this.#ending.reason ??
      new ConnectionError("CLOSED", `The ${this.#name} connection was closed on this side.`)
    );
  }

  /**
   * Sends. A stream that turns out to be broken ends the connection, and the bytes are lost as on any broken line.
   * @throws ConnectionError CLOSED, or what ended the connection
   */
  write(bytes: Uint8Array): void {
    if (this.#closing) throw this.failure;
    try {
      this.#stream.write(bytes);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.end(error);
    }
  }

  /** Calls back once at the end: without a reason if this side closed it. At once if it is over. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#ending.onEnd(listener);
  }

  /** Ends it, for a reason that everybody is given; without one it was wanted. */
  end(reason?: Error): void {
    if (this.#closing) return; // the stream's own end, brought about here
    this.#closing = true;
    this.#stream.close();
    this.#ending.end(reason);
  }

  #hungUp(): ConnectionError {
    return new ConnectionError("CONNECTION_LOST", `The controller closed the ${this.#name} connection.`);
  }
}
