import { Opcode } from "@mcap/core";
import type { FileSource } from "../file-source.ts";
import type { ChannelTable } from "./channel-table.ts";
import { CHUNK_HEAD_BYTES, RECORD_HEADER_BYTES } from "./records.ts";

/** A stretch of the file that holds messages: one chunk, or messages without one in a row. */
export interface Segment {
  readonly kind: "chunk" | "messages";
  readonly offset: number;
  readonly lengthBytes: number;
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** What a walk over records found. */
export interface Walk {
  readonly segments: readonly Segment[];
  /** The data section's own end was there. */
  readonly ended: boolean;
}

/** Messages without a chunk that are read at once, at most. */
const RUN_MESSAGES = 4096;

/** Walks from record to record without reading what is in them, except channels. Stops at a record that is cut off. */
export async function walkRecords(
  source: FileSource,
  from: number,
  to: number,
  table: ChannelTable,
): Promise<Walk> {
  const window = new Window(source, to);
  const segments: Segment[] = [];
  const run = new Run(segments);
  let at = from;
  for (; at + RECORD_HEADER_BYTES <= to;) {
    const head = await window.at(at, RECORD_HEADER_BYTES);
    const opcode = head.getUint8(0);
    const lengthBytes = RECORD_HEADER_BYTES + Number(head.getBigUint64(1, true));
    if (at + lengthBytes > to || opcode === 0) break;
    if (opcode === (Opcode.MESSAGE as number))
      run.add(at, lengthBytes, (await window.at(at, RECORD_HEADER_BYTES + 14)).getBigUint64(15, true));
    else {
      run.end();
      if (opcode === (Opcode.DATA_END as number) || opcode === (Opcode.FOOTER as number))
        return { segments, ended: true };
      if (opcode === (Opcode.CHUNK as number) && lengthBytes >= CHUNK_HEAD_BYTES) {
        const view = await window.at(at, CHUNK_HEAD_BYTES);
        const [startNs, endNs] = [view.getBigUint64(9, true), view.getBigUint64(17, true)];
        segments.push({ kind: "chunk", offset: at, lengthBytes, startNs, endNs });
      } else if (opcode === (Opcode.SCHEMA as number) || opcode === (Opcode.CHANNEL as number))
        table.learn({ opcode, bytes: await source.read(BigInt(at), BigInt(lengthBytes)) });
    }
    at += lengthBytes;
  }
  run.end();
  return { segments, ended: at === to };
}

/** Messages in a row become one segment. */
class Run {
  readonly #segments: Segment[];
  #first = 0;
  #lengthBytes = 0;
  #count = 0;
  #startNs = 0n;
  #endNs = 0n;

  constructor(segments: Segment[]) {
    this.#segments = segments;
  }

  add(offset: number, lengthBytes: number, timeNs: bigint): void {
    if (this.#count === RUN_MESSAGES) this.end();
    if (this.#count++ === 0) {
      this.#first = offset;
      this.#startNs = this.#endNs = timeNs;
    }
    if (timeNs < this.#startNs) this.#startNs = timeNs;
    if (timeNs > this.#endNs) this.#endNs = timeNs;
    this.#lengthBytes += lengthBytes;
  }

  end(): void {
    if (this.#count > 0)
      this.#segments.push({
        kind: "messages",
        offset: this.#first,
        lengthBytes: this.#lengthBytes,
        startNs: this.#startNs,
        endNs: this.#endNs,
      });
    this.#count = this.#lengthBytes = 0;
  }
}

const WINDOW_BYTES = 1024 * 1024;

/** Small reads that go forward through a file, a megabyte at a time. */
class Window {
  readonly #source: FileSource;
  readonly #end: number;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(source: FileSource, end: number) {
    this.#source = source;
    this.#end = end;
  }

  async at(offset: number, lengthBytes: number): Promise<DataView> {
    if (offset < this.#start || offset + lengthBytes > this.#start + this.#bytes.length) {
      const size = Math.max(lengthBytes, Math.min(WINDOW_BYTES, this.#end - offset));
      this.#bytes = await this.#source.read(BigInt(offset), BigInt(size));
      this.#start = offset;
    }
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + offset - this.#start, lengthBytes);
  }
}
