import { McapChunkBuilder, McapRecordBuilder, Opcode, type McapTypes } from "@mcap/core";
import { crc32 } from "node:zlib";

/** A chunk is closed when its messages span this long [ns]: what a killed process can lose. */
const CHUNK_SPAN_NS = 250_000_000n;
/** …or when it holds this much [bytes]: what closing one may cost the caller (about 0.1 ms). */
const CHUNK_BYTES = 256 * 1024;

/** What a channel of another bag brings along. */
export interface ChannelOptions {
  /** Default "cdr". */
  readonly messageEncoding?: string;
  /** Default "ros2msg". */
  readonly schemaEncoding?: string;
  /** In rosbag2's words; "" or left out: not said. */
  readonly offeredQos?: string;
}

/**
 * Lays messages out as an MCAP file: header, chunks with their indexes, summary.
 *
 * `McapWriter` closes chunks by size only, and waits a promise for each message; here a chunk closes by log time too, at
 * once and between two log times, so that a cycle's messages are either all in the file or none. The same messages give the
 * same bytes.
 *
 * @source mcap.dev/spec
 */
export class McapChunks {
  readonly #emit: (bytes: Uint8Array) => void;
  readonly #compress: ((bytes: Uint8Array) => Uint8Array) | undefined;
  readonly #records = new McapRecordBuilder();
  readonly #chunk = new McapChunkBuilder({});
  readonly #schemas: McapTypes.Schema[] = [];
  readonly #channels: McapTypes.Channel[] = [];
  readonly #chunkIndexes: McapTypes.ChunkIndex[] = [];
  readonly #counts = new Map<number, bigint>();
  #position = 0n;
  #dataCrc = 0;
  #span: { startNs: bigint; endNs: bigint } | undefined;
  #lastTimeNs = -1n;

  /**
   * @param emit takes the bytes of the file, in order; they are not touched again
   * @param compress makes a chunk's records smaller, with zstd; left out: they stay as they are
   */
  constructor(
    library: string,
    emit: (bytes: Uint8Array) => void,
    compress?: (bytes: Uint8Array) => Uint8Array,
  ) {
    this.#emit = emit;
    this.#compress = compress;
    this.#records.writeMagic();
    this.#records.writeHeader({ profile: "ros2", library });
    this.#emitData();
  }

  /** @returns the number to give to `addMessage` */
  addChannel(topic: string, schemaName: string, schemaText: string, options: ChannelOptions = {}): number {
    const { messageEncoding = "cdr", schemaEncoding = "ros2msg", offeredQos = "" } = options;
    const schema =
      this.#schemas.find(({ name }) => name === schemaName) ??
      this.#addSchema(schemaName, schemaText, schemaEncoding);
    const id = this.#channels.length;
    const channel = {
      id,
      topic,
      schemaId: schema.id,
      messageEncoding,
      metadata: new Map(offeredQos === "" ? [] : [["offered_qos_profiles", offeredQos]]),
    };
    this.#channels.push(channel);
    this.#chunk.addChannel(channel);
    this.#counts.set(id, 0n);
    return id;
  }

  /** Copies `data`. */
  addMessage(channelId: number, timeNs: bigint, data: Uint8Array): void {
    if (timeNs !== this.#lastTimeNs && this.#isChunkFull(timeNs)) this.closeChunk();
    this.#lastTimeNs = timeNs;
    const count = this.#counts.get(channelId)!;
    this.#counts.set(channelId, count + 1n);
    const sequence = Number(BigInt.asUintN(32, count));
    this.#chunk.addMessage({ channelId, sequence, logTime: timeNs, publishTime: timeNs, data });
  }

  /** Emits what was added since the last chunk, if anything. */
  closeChunk(): void {
    if (this.#chunk.numMessages === 0) return;
    const chunkStartOffset = this.#position;
    const { messageStartTime, messageEndTime, buffer: records } = this.#chunk;
    const uncompressedSize = BigInt(records.length);
    const stored = this.#compress?.(records) ?? records;
    const compression = this.#compress ? "zstd" : "";
    const times = { messageStartTime, messageEndTime, uncompressedSize, compression };
    const uncompressedCrc = crc32(records);
    const chunkLength = this.#records.writeChunk({ ...times, uncompressedCrc, records: stored });
    const messageIndexOffsets = new Map<number, bigint>();
    let messageIndexLength = 0n;
    for (const index of this.#chunk.indices) {
      messageIndexOffsets.set(index.channelId, chunkStartOffset + chunkLength + messageIndexLength);
      messageIndexLength += this.#records.writeMessageIndex(index);
    }
    const size = { chunkLength, messageIndexLength, compressedSize: BigInt(stored.length) };
    this.#chunkIndexes.push({ ...times, ...size, chunkStartOffset, messageIndexOffsets });
    this.#widenSpan(messageStartTime, messageEndTime);
    this.#emitData();
    this.#chunk.reset();
  }

  /** Closes the last chunk and emits the summary. Nothing may be added after it. */
  end(): void {
    this.closeChunk();
    this.#records.writeDataEnd({ dataSectionCrc: this.#dataCrc });
    const summaryStart = this.#position + BigInt(this.#records.length);
    const dataEndBytes = this.#records.length;
    const groups = [
      this.#writeGroup(Opcode.SCHEMA, this.#schemas, (schema) => this.#records.writeSchema(schema)),
      this.#writeGroup(Opcode.CHANNEL, this.#channels, (channel) => this.#records.writeChannel(channel)),
      this.#writeGroup(Opcode.STATISTICS, [this.#statistics()], (s) => this.#records.writeStatistics(s)),
      this.#writeGroup(Opcode.CHUNK_INDEX, this.#chunkIndexes, (index) =>
        this.#records.writeChunkIndex(index),
      ),
    ];
    const summaryOffsetStart = this.#position + BigInt(this.#records.length);
    for (const group of groups) if (group.groupLength > 0n) this.#records.writeSummaryOffset(group);
    const summaryCrc = crc32(
      footerStart(summaryStart, summaryOffsetStart),
      crc32(this.#records.buffer.subarray(dataEndBytes)),
    );
    this.#records.writeFooter({ summaryStart, summaryOffsetStart, summaryCrc });
    this.#records.writeMagic();
    this.#emitRecords();
  }

  #addSchema(name: string, text: string, encoding: string): McapTypes.Schema {
    const id = this.#schemas.length + 1; // 0 means "no schema"
    const schema = { id, name, encoding, data: new TextEncoder().encode(text) };
    this.#schemas.push(schema);
    this.#chunk.addSchema(schema);
    return schema;
  }

  #isChunkFull(timeNs: bigint): boolean {
    if (this.#chunk.numMessages === 0) return false;
    if (this.#chunk.byteLength >= CHUNK_BYTES) return true;
    const { messageStartTime: start, messageEndTime: end } = this.#chunk;
    return timeNs - start >= CHUNK_SPAN_NS || end - timeNs >= CHUNK_SPAN_NS;
  }

  #widenSpan(startNs: bigint, endNs: bigint): void {
    const span = (this.#span ??= { startNs, endNs });
    if (startNs < span.startNs) span.startNs = startNs;
    if (endNs > span.endNs) span.endNs = endNs;
  }

  #statistics(): McapTypes.Statistics {
    return {
      messageCount: [...this.#counts.values()].reduce((sum, count) => sum + count, 0n),
      schemaCount: this.#schemas.length,
      channelCount: this.#channels.length,
      attachmentCount: 0,
      metadataCount: 0,
      chunkCount: this.#chunkIndexes.length,
      messageStartTime: this.#span?.startNs ?? 0n,
      messageEndTime: this.#span?.endNs ?? 0n,
      channelMessageCounts: this.#counts,
    };
  }

  #writeGroup<T>(
    groupOpcode: Opcode,
    items: readonly T[],
    write: (item: T) => bigint,
  ): McapTypes.SummaryOffset {
    const groupStart = this.#position + BigInt(this.#records.length);
    const groupLength = items.reduce((length, item) => length + write(item), 0n);
    return { groupOpcode, groupStart, groupLength };
  }

  #emitData(): void {
    this.#dataCrc = crc32(this.#records.buffer, this.#dataCrc);
    this.#emitRecords();
  }

  #emitRecords(): void {
    const bytes = this.#records.buffer.slice();
    this.#records.reset();
    this.#position += BigInt(bytes.length);
    this.#emit(bytes);
  }
}

/** The first fields of the footer, which its own checksum covers. */
function footerStart(summaryStart: bigint, summaryOffsetStart: bigint): Uint8Array {
  const bytes = new Uint8Array(25);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, Opcode.FOOTER);
  view.setBigUint64(1, 20n, true);
  view.setBigUint64(9, summaryStart, true);
  view.setBigUint64(17, summaryOffsetStart, true);
  return bytes;
}
