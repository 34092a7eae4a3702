/** Longest line a client may send [characters]. @assumed */
const MAX_LINE = 65_536;

/** Cuts chunks of UTF-8, however they come, into lines. */
export class LineSplitter {
  readonly #decoder = new TextDecoder();
  #rest = "";

  /** Lines that are complete now; `undefined` when one grows without an end. */
  push(bytes: Uint8Array): string[] | undefined {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split("\n");
    this.#rest = lines.pop()!;
    if (this.#rest.length > MAX_LINE) return undefined;
    return lines.map((line) => line.replace(/\r$/, ""));
  }
}
