import type { ClientStream } from "../servers/client-stream.ts";

/**
 * How the network treats the clients: `silent` keeps everything back, as a pulled plug does, and delivers it late;
 * `cut` ends all connections, and new ones at once.
 */
export type CommunicationState = "normal" | "silent" | "cut";

/** One client's bytes on their way. */
interface Line {
  readonly stream: ClientStream;
  readonly out: Uint8Array[];
  readonly inward: Uint8Array[];
  readonly listeners: ((bytes: Uint8Array) => void)[];
}

/** The network between the controller and its clients. Nothing is lost in it, but it can be held up or cut. */
export class Communication {
  readonly #lines = new Set<Line>();
  #state: CommunicationState = "normal";

  get state(): CommunicationState {
    return this.#state;
  }

  set(state: CommunicationState): void {
    this.#state = state;
    if (state === "cut") for (const { stream } of this.#lines) stream.close();
    if (state === "normal") for (const line of this.#lines) flush(line);
  }

  /** The same connection by way of this network. */
  through(stream: ClientStream): ClientStream {
    const line: Line = { stream, out: [], inward: [], listeners: [] };
    this.#lines.add(line);
    stream.onClose(() => this.#lines.delete(line));
    stream.onData((bytes) => {
      if (this.#state === "silent" || line.listeners.length === 0) line.inward.push(bytes.slice());
      else for (const listener of line.listeners) listener(bytes);
    });
    if (this.#state === "cut") stream.close();
    return {
      write: (bytes) => {
        if (this.#state === "silent") line.out.push(bytes.slice());
        else stream.write(bytes);
      },
      onData: (listener) => {
        line.listeners.push(listener);
        if (this.#state !== "silent") deliver(line);
      },
      onClose: (listener) => stream.onClose(listener),
      close: () => stream.close(),
      get backlogBytes() {
        return stream.backlogBytes + line.out.reduce((sum, bytes) => sum + bytes.length, 0);
      },
    };
  }
}

function flush(line: Line): void {
  deliver(line);
  for (const bytes of line.out.splice(0)) line.stream.write(bytes);
}

function deliver({ inward, listeners }: Line): void {
  for (const bytes of inward.splice(0)) for (const listener of listeners) listener(bytes);
}
