/** Fills a buffer with big-endian fields from front to back. */
export class StateWriter {
  readonly #view: DataView;
  #at = 0;

  /** @param byteLength size of the whole message */
  constructor(byteLength: number) {
    this.#view = new DataView(new ArrayBuffer(byteLength));
  }

  get length(): number {
    return this.#at;
  }

  u8(...values: readonly number[]): this {
    for (const value of values) this.#view.setUint8(this.#step(1), value);
    return this;
  }

  bool(...values: readonly boolean[]): this {
    return this.u8(...values.map(Number));
  }

  i32(...values: readonly number[]): this {
    for (const value of values) this.#view.setInt32(this.#step(4), value);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) this.#view.setUint32(this.#step(4), value);
    return this;
  }

  u64(value: bigint): this {
    this.#view.setBigUint64(this.#step(8), value);
    return this;
  }

  f32(...values: readonly number[]): this {
    for (const value of values) this.#view.setFloat32(this.#step(4), value);
    return this;
  }

  f64(...values: readonly number[]): this {
    for (const value of values) this.#view.setFloat64(this.#step(8), value);
    return this;
  }

  /** So many bytes of nothing. */
  zeros(count: number): this {
    this.#step(count);
    return this;
  }

  /** A sub-package of a known size: its length and type, then its fields. */
  part(byteLength: number, type: number, fields: (write: this) => void): this {
    const end = this.#at + byteLength;
    this.u32(byteLength).u8(type);
    fields(this);
    if (this.#at !== end)
      throw new Error(`sub-package ${type} has ${this.#at - end + byteLength} bytes, not ${byteLength}`);
    return this;
  }

  bytes(): Uint8Array {
    if (this.#at !== this.#view.byteLength)
      throw new Error(`${this.#at} bytes written of ${this.#view.byteLength}`);
    return new Uint8Array(this.#view.buffer);
  }

  #step(size: number): number {
    const at = this.#at;
    this.#at += size;
    return at;
  }
}
