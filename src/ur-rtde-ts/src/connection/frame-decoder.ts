import { ProtocolError } from "./errors.ts";

/** One whole package inside the decoder's buffer. Valid only during the call that hands it over. */
export interface Frame {
  /** The package's type byte. */
  readonly type: number;
  readonly view: DataView;
  /** First byte of the payload, after size and type. */
  readonly start: number;
  /** One past the last byte of the payload. */
  readonly end: number;
}

/** How packages are cut out of a stream: a big-endian size that counts itself, then a type byte. */
export interface Framing {
  /** Named in errors. */
  readonly protocol: string;
  /** Width of the size field [bytes]. */
  readonly sizeBytes: 2 | 4;
  /** Larger packages are refused: a lost frame boundary shows as an absurd size [bytes]. */
  readonly maxBytes: number;
}

/**
 * RTDE (port 30004).
 * @assumed 16384 bytes at most; the largest known package, a set-up of all 406 outputs, has 9174.
 */
export const rtdeFraming: Framing = { protocol: "RTDE", sizeBytes: 2, maxBytes: 16_384 };

/**
 * Primary and secondary interface (ports 30001, 30002).
 * @assumed 1 MiB at most; a robot state has about 1400 bytes, program texts can be long.
 */
export const primaryFraming: Framing = { protocol: "primary interface", sizeBytes: 4, maxBytes: 1 << 20 };

const initialBytes = 4096;

/** Cuts a byte stream, in whatever chunks it comes, into packages. Allocates only when a package outgrows it. */
export class FrameDecoder {
  readonly #framing: Framing;
  readonly #onFrame: (frame: Frame) => void;
  #bytes = new Uint8Array(initialBytes);
  #frame = { type: 0, view: new DataView(this.#bytes.buffer), start: 0, end: 0 };
  #read = 0;
  #written = 0;
  #busy = false;
  #waiting: Uint8Array[] = [];

  constructor(framing: Framing, onFrame: (frame: Frame) => void) {
    this.#framing = framing;
    this.#onFrame = onFrame;
  }

  /** Bytes held that are not a whole package yet. */
  get pendingBytes(): number {
    return this.#written - this.#read;
  }

  /**
   * Takes a chunk and hands over every package it completes, in order.
   * @throws ProtocolError for a size that cannot be.
   */
  push(chunk: Uint8Array): void {
    if (this.#busy) {
      this.#waiting.push(chunk.slice()); // a listener caused more input: after the package in hand
      return;
    }
    this.#busy = true;
    try {
      this.#appendWaiting(); // left over where a listener threw
      this.#append(chunk);
      do this.#handOver();
      while (this.#appendWaiting());
    } finally {
      this.#busy = false;
    }
  }

  #appendWaiting(): boolean {
    if (this.#waiting.length === 0) return false;
    for (const chunk of this.#waiting.splice(0)) this.#append(chunk);
    return true;
  }

  #append(chunk: Uint8Array): void {
    if (this.#read > 0) {
      this.#bytes.copyWithin(0, this.#read, this.#written);
      this.#written -= this.#read;
      this.#read = 0;
    }
    const needed = this.#written + chunk.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(2 ** Math.ceil(Math.log2(needed)));
      larger.set(this.#bytes.subarray(0, this.#written));
      this.#bytes = larger;
      this.#frame = { ...this.#frame, view: new DataView(larger.buffer) };
    }
    this.#bytes.set(chunk, this.#written);
    this.#written = needed;
  }

  #handOver(): void {
    const { sizeBytes } = this.#framing;
    const frame = this.#frame;
    while (this.#written - this.#read >= sizeBytes) {
      const at = this.#read;
      const size = sizeBytes === 2 ? frame.view.getUint16(at) : frame.view.getUint32(at);
      this.#checkSize(size);
      if (this.#written - at < size) return;
      frame.type = frame.view.getUint8(at + sizeBytes);
      frame.start = at + sizeBytes + 1;
      frame.end = at + size;
      this.#read = frame.end; // before the listener runs: if it throws, the package is still consumed
      this.#onFrame(frame);
    }
  }

  #checkSize(size: number): void {
    const { protocol, sizeBytes, maxBytes } = this.#framing;
    if (size >= sizeBytes + 1 && size <= maxBytes) return;
    throw new ProtocolError(
      `${protocol}: a package says it has ${size} bytes; it must have ${sizeBytes + 1} to ${maxBytes}.`,
    );
  }
}
