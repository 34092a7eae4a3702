import { Opcode } from "@mcap/core";

/** Opcode and length before every record of MCAP [bytes]. */
export const RECORD_HEADER_BYTES = 9;

/** One record inside a stretch of bytes that is in memory. */
export interface RecordSpan {
  readonly opcode: number;
  /** The whole record with its header. */
  readonly bytes: Uint8Array;
}

/**
 * Records one after the other.
 *
 * @throws RangeError when the last one is cut off
 */
export function* recordsIn(bytes: Uint8Array): Generator<RecordSpan, void, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    if (at + RECORD_HEADER_BYTES > bytes.length) throw new RangeError("a record is cut off");
    const end = at + RECORD_HEADER_BYTES + Number(view.getBigUint64(at + 1, true));
    if (end > bytes.length) throw new RangeError("a record is cut off");
    yield { opcode: view.getUint8(at), bytes: bytes.subarray(at, end) };
    at = end;
  }
}

/** A message record, its data not copied. */
export interface MessageRecord {
  readonly channelId: number;
  readonly timeNs: bigint;
  readonly data: Uint8Array;
}

/** Bytes of a message record before its data: header, channel, sequence, log time, publish time. */
const MESSAGE_HEAD_BYTES = RECORD_HEADER_BYTES + 2 + 4 + 8 + 8;

export function messageIn({ bytes }: RecordSpan): MessageRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < MESSAGE_HEAD_BYTES) throw new RangeError("a message record is too short");
  return {
    channelId: view.getUint16(RECORD_HEADER_BYTES, true),
    timeNs: view.getBigUint64(RECORD_HEADER_BYTES + 6, true),
    data: bytes.subarray(MESSAGE_HEAD_BYTES),
  };
}

/** A chunk record, its records as they lie there. */
export interface ChunkRecord {
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly sizeBytes: number;
  /** 0: none was written. */
  readonly crc: number;
  readonly compression: string;
  readonly records: Uint8Array;
}

/** First fields of a chunk: times, size, checksum, length of the compression's name [bytes]. */
export const CHUNK_HEAD_BYTES = RECORD_HEADER_BYTES + 8 + 8 + 8 + 4 + 4;

export function chunkIn(bytes: Uint8Array): ChunkRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== (Opcode.CHUNK as number)) throw new Error("there is no chunk where one should be");
  const nameBytes = view.getUint32(RECORD_HEADER_BYTES + 28, true);
  const recordsAt = CHUNK_HEAD_BYTES + nameBytes + 8;
  const recordsBytes = Number(view.getBigUint64(CHUNK_HEAD_BYTES + nameBytes, true));
  if (recordsAt + recordsBytes > bytes.length) throw new RangeError("a chunk is cut off");
  return {
    startNs: view.getBigUint64(RECORD_HEADER_BYTES, true),
    endNs: view.getBigUint64(RECORD_HEADER_BYTES + 8, true),
    sizeBytes: Number(view.getBigUint64(RECORD_HEADER_BYTES + 16, true)),
    crc: view.getUint32(RECORD_HEADER_BYTES + 24, true),
    compression: new TextDecoder().decode(bytes.subarray(CHUNK_HEAD_BYTES, CHUNK_HEAD_BYTES + nameBytes)),
    records: bytes.subarray(recordsAt, recordsAt + recordsBytes),
  };
}
