import { RtdeError } from "../connection/errors.ts";

/** How far a reader of `packages()` may fall behind. */
export interface PackageReaderOptions {
  /** Packages kept for a slow reader, default 5000 (10 s at 500 Hz); one more ends the reading with BACKLOG. */
  readonly maxQueued?: number;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

interface Waiting<Record> {
  readonly resolve: (result: IteratorResult<Record, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/** Packages one after the other for `for await`: all of them, in order, each a copy of its own. */
export class PackageReader<Record extends object> implements AsyncIterableIterator<Record, undefined> {
  readonly #maxQueued: number;
  readonly #queue: Record[] = [];
  #waiting: Waiting<Record>[] = [];
  #leave: (() => void) | undefined;
  #ended: { readonly error: Error | undefined } | undefined;

  /** @param join registers the reader with its source and returns how to leave it */
  constructor(join: (reader: PackageReader<Record>) => () => void, options: PackageReaderOptions) {
    this.#maxQueued = options.maxQueued ?? 5000;
    this.#leave = join(this);
    const { signal } = options;
    if (signal === undefined) return;
    if (signal.aborted) this.end();
    else signal.addEventListener("abort", () => this.end(), { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** A package came; it is copied, because the original is filled again by the next one. */
  push(original: Record): void {
    if (this.#ended !== undefined) return;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      waiting.resolve({ done: false, value: copyOf(original) });
    } else if (this.#queue.length >= this.#maxQueued) {
      const text = `RTDE packages: the reader is ${this.#maxQueued} packages behind and would lose the next one.`;
      this.end(new RtdeError("BACKLOG", text));
    } else {
      this.#queue.push(copyOf(original));
    }
  }

  /** No more packages come; what is queued can still be read, then the error is thrown if there is one. */
  end(error?: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = { error };
    this.#leave?.();
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (error === undefined) resolve({ done: true, value: undefined });
      else reject(error);
    }
  }

  next(): Promise<IteratorResult<Record, undefined>> {
    const value = this.#queue.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#ended === undefined) {
      return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    }
    const { error } = this.#ended;
    this.#ended = { error: undefined }; // thrown once, then simply done
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  return(): Promise<IteratorResult<Record, undefined>> {
    this.#queue.length = 0;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }
}

function copyOf<Record extends object>(record: Record): Record {
  const copy: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(record)) {
    copy[name] = ArrayBuffer.isView(value) ? (value as Float64Array).slice() : (value as unknown);
  }
  return copy as Record;
}
