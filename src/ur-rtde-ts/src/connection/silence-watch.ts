import { type Connection } from "./connection.ts";
import { ConnectionError } from "./errors.ts";

/** A silence is looked at so often: this process may itself have slept, and finds what came meanwhile only afterwards. */
const LOOKS = 4;

/**
 * Ends a connection whose other side was asked to keep speaking and does not. One that was switched off, or whose
 * cable was pulled, closes nothing: without this, whoever waits for it waits for ever.
 */
export class SilenceWatch {
  readonly #connection: Connection;
  readonly #silenceMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param silenceMs what counts as lost [ms]; `undefined`: nothing does */
  constructor(connection: Connection, silenceMs: number | undefined) {
    this.#connection = connection;
    this.#silenceMs = silenceMs;
    connection.onClosed(() => this.end());
  }

  /** From now on it is to speak. */
  begin(): void {
    const silenceMs = this.#silenceMs;
    if (silenceMs === undefined || this.#connection.closed) return;
    this.end();
    let [before, silent] = [this.#connection.receivedBytes, 0];
    this.#timer = setInterval(() => {
      const now = this.#connection.receivedBytes;
      silent = now === before ? silent + 1 : 0;
      before = now;
      if (silent < LOOKS) return;
      const text = `The controller has sent nothing for ${silenceMs} ms.`;
      this.#connection.end(new ConnectionError("NO_ANSWER", text));
    }, silenceMs / LOOKS);
    this.#timer.unref();
  }

  /** It may be silent. */
  end(): void {
    clearInterval(this.#timer);
  }
}
