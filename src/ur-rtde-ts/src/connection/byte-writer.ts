const utf8 = new TextEncoder();

/** Collects a package's payload from front to back. */
export class ByteWriter {
  #bytes: number[] = [];

  u8(value: number): this {
    this.#bytes.push(value & 0xff);
    return this;
  }

  bool(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  i32(value: number): this {
    return this.u8(value >> 24)
      .u8(value >> 16)
      .u8(value >> 8)
      .u8(value);
  }

  u64(value: bigint): this {
    return this.i32(Number(BigInt.asIntN(32, value >> 32n))).i32(Number(BigInt.asIntN(32, value)));
  }

  text(value: string): this {
    this.#bytes.push(...utf8.encode(value));
    return this;
  }

  /** A text of at most 255 bytes behind its length; what does not fit is cut off. */
  shortText(value: string): this {
    const bytes = utf8.encode(value).subarray(0, 0xff);
    this.u8(bytes.length);
    this.#bytes.push(...bytes);
    return this;
  }

  /** The package: i32 size of the whole, then what was written. */
  sized(): Uint8Array {
    const bytes = new Uint8Array(4 + this.#bytes.length);
    new DataView(bytes.buffer).setUint32(0, bytes.length);
    bytes.set(this.#bytes, 4);
    return bytes;
  }
}
