import { ProtocolError } from "./errors.ts";
import { type Frame } from "./frame-decoder.ts";

const fromUtf8 = new TextDecoder();

/** Reads a package's payload from front to back. Every read past the end is a ProtocolError. */
export class ByteReader {
  readonly #what: string;
  readonly #view: DataView;
  readonly #end: number;
  #at: number;

  /** @param what named in errors */
  constructor(what: string, frame: Frame) {
    this.#what = what;
    this.#view = frame.view;
    this.#at = frame.start;
    this.#end = frame.end;
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  i8(): number {
    return this.#view.getInt8(this.#step(1));
  }

  bool(): boolean {
    return this.u8() !== 0;
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2));
  }

  f32(): number {
    return this.#view.getFloat32(this.#step(4));
  }

  f64(): number {
    return this.#view.getFloat64(this.#step(8));
  }

  /** So many values, read one after the other. */
  many(count: number, read: (reader: this) => number): number[] {
    return Array.from({ length: count }, () => read(this));
  }

  i32(): number {
    return this.#view.getInt32(this.#step(4));
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4));
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#step(8));
  }

  text(bytes: number): string {
    const at = this.#step(bytes);
    return fromUtf8.decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, bytes));
  }

  /** Text to the end of the package. */
  rest(): string {
    return this.text(this.#end - this.#at);
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#end - this.#at;
  }

  /** A reader of the next bytes alone, which this one passes over. */
  part(what: string, bytes: number): ByteReader {
    const start = this.#step(bytes);
    return new ByteReader(what, { type: 0, view: this.#view, start, end: start + bytes });
  }

  #step(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#end) {
      throw new ProtocolError(`A ${this.#what} of ${this.#end - at} bytes where ${bytes} more are needed.`);
    }
    this.#at = at + bytes;
    return at;
  }
}
