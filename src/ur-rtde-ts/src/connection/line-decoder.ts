import { ProtocolError } from "./errors.ts";

/** @assumed no answer of the dashboard is longer [bytes] */
const maxLineBytes = 65_536;
const newline = 0x0a;

/** Cuts a byte stream, in whatever chunks it comes, into lines of text. */
export class LineDecoder {
  readonly #onLine: (line: string) => void;
  readonly #text = new TextDecoder();
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** @throws ProtocolError for a line that does not end. */
  push(chunk: Uint8Array): void {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      this.#keep(chunk.subarray(from, at));
      from = at + 1;
      this.#onLine(this.#take());
    }
    if (from < chunk.length) this.#keep(chunk.slice(from)); // the chunk is only lent
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > maxLineBytes)
      throw new ProtocolError(`A line of more than ${maxLineBytes} bytes came.`);
    this.#parts.push(part);
  }

  #take(): string {
    const line = new Uint8Array(this.#bytes);
    let at = 0;
    for (const part of this.#parts) {
      line.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    this.#bytes = 0;
    return this.#text.decode(line).replace(/\r$/, "");
  }
}
