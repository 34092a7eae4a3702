import { hasMcapPrefix, MCAP_MAGIC, Opcode } from "@mcap/core";
import { crc32 } from "node:zlib";
import { CellistError } from "../../errors.ts";
import type { BagContents, Selection, StoredMessage } from "../bag-contents.ts";
import { decompressors, type Decompressors } from "../compression.ts";
import { FileSource } from "../file-source.ts";
import { findLayout, type Layout } from "./layout.ts";
import { chunkIn, messageIn, recordsIn, type MessageRecord } from "./records.ts";
import type { Segment } from "./segments.ts";

/**
 * An MCAP file: indexed or not, chunked or not, compressed or not, cut off or not.
 *
 * A chunk is either read whole or not at all, so that what was written at one moment stays together. In a file that was
 * cut off or has no index, damaged chunks are left out and told of; otherwise reading one throws.
 *
 * @throws CellistError "bag-unreadable": not there, or not MCAP
 * @source mcap.dev/spec
 */
export async function openMcap(path: string): Promise<BagContents> {
  const source = await FileSource.open(path);
  try {
    const size = Number(await source.size());
    const start = await source.read(0n, BigInt(Math.min(size, MCAP_MAGIC.length)));
    if (!hasMcapPrefix(new DataView(start.buffer)))
      throw new CellistError(
        "bag-unreadable",
        size === 0
          ? `${path} is empty: nothing was ever written to it`
          : `${path} is no bag: it begins neither as MCAP nor as a .db3 file of rosbag2`,
        { path },
      );
    const chunks = new SegmentReader(source, await decompressors());
    const layout = await findLayout(source);
    const { segments, repairs } = layout.channelsKnown ? layout : await readableSegments(chunks, layout);
    return {
      storage: "mcap",
      truncated: layout.truncated,
      repairs: [...layout.repairs, ...repairs.filter((repair) => !layout.repairs.includes(repair))],
      channels: layout.table.channels,
      messages: (selection) => messagesOf(chunks, { ...layout, segments }, selection),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Reads segments, whole. */
class SegmentReader {
  readonly #source: FileSource;
  readonly #decompressors: Decompressors;

  constructor(source: FileSource, decompressors: Decompressors) {
    this.#source = source;
    this.#decompressors = decompressors;
  }

  /** The records in a segment. @throws Error when it is damaged */
  async records({ kind, offset, lengthBytes }: Segment): Promise<Uint8Array> {
    const bytes = await this.#source.read(BigInt(offset), BigInt(lengthBytes));
    if (kind === "messages") return bytes;
    const chunk = chunkIn(bytes);
    const records = this.#decompressors.decompress(chunk.compression, chunk.records, chunk.sizeBytes);
    if (chunk.crc !== 0 && crc32(records) !== chunk.crc)
      throw new Error(`the checksum of the chunk at byte ${offset} is wrong`);
    return records;
  }
}

/** Looks into every segment: learns the channels in it, and leaves out those that are damaged. */
async function readableSegments(chunks: SegmentReader, layout: Layout) {
  const segments: Segment[] = [];
  const repairs: string[] = [];
  for (const segment of layout.segments)
    try {
      for (const record of recordsIn(await chunks.records(segment)))
        if (record.opcode === (Opcode.SCHEMA as number) || record.opcode === (Opcode.CHANNEL as number))
          layout.table.learn(record);
      segments.push(segment);
    } catch (cause) {
      const spanS = Number(segment.endNs - segment.startNs) / 1e9;
      repairs.push(
        `a chunk of ${spanS.toFixed(3)} s at byte ${segment.offset} was left out: ${(cause as Error).message}`,
      );
    }
  return { segments, repairs };
}

/** Segments are read when time comes to them; where they overlap, their messages are put in order. */
async function* messagesOf(
  chunks: SegmentReader,
  { segments, table }: Pick<Layout, "segments" | "table">,
  { topics, startNs = 0n, endNs }: Selection,
): AsyncGenerator<StoredMessage, void, void> {
  const wanted = topics && new Set(topics);
  const inside = (timeNs: bigint): boolean => timeNs >= startNs && (endNs === undefined || timeNs <= endNs);
  const stored = ({ channelId, timeNs, data }: MessageRecord): StoredMessage | undefined => {
    if (!inside(timeNs)) return undefined;
    const channel = table.channel(channelId);
    if (!channel) throw new Error(`a message is on channel ${channelId}, which is nowhere described`);
    return !wanted || wanted.has(channel.topic) ? { channel, timeNs, data } : undefined;
  };
  const inTime = segments
    .filter((s) => s.endNs >= startNs && (endNs === undefined || s.startNs <= endNs))
    .sort((a, b) => (a.startNs < b.startNs ? -1 : a.startNs > b.startNs ? 1 : a.offset - b.offset));
  let waiting: StoredMessage[] = [];
  for (const segment of inTime) {
    const due = firstAtOrAfter(waiting, segment.startNs);
    yield* waiting.slice(0, due);
    waiting = waiting.slice(due);
    let sorted = true;
    for (const record of recordsIn(await chunks.records(segment))) {
      if (record.opcode !== (Opcode.MESSAGE as number)) continue;
      const message = stored(messageIn(record));
      if (!message) continue;
      sorted &&= waiting.length === 0 || waiting.at(-1)!.timeNs <= message.timeNs;
      waiting.push(message);
    }
    if (!sorted) waiting.sort((a, b) => (a.timeNs < b.timeNs ? -1 : a.timeNs > b.timeNs ? 1 : 0));
  }
  yield* waiting;
}

/** Index of the first message that is not before a time; they are sorted. */
function firstAtOrAfter(messages: readonly StoredMessage[], timeNs: bigint): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.timeNs < timeNs) low = middle + 1;
    else high = middle;
  }
  return low;
}
