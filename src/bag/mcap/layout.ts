import type { McapTypes } from "@mcap/core";
import type { FileSource } from "../file-source.ts";
import { ChannelTable } from "./channel-table.ts";
import { readEnding, type Ending } from "./summary.ts";
import { walkRecords, type Segment } from "./segments.ts";

/** Where the messages of an MCAP file lie, and what is known of its channels. */
export interface Layout {
  readonly table: ChannelTable;
  /** In order of the file. */
  readonly segments: readonly Segment[];
  /** Every channel is in the table. */
  readonly channelsKnown: boolean;
  readonly truncated: string | undefined;
  readonly repairs: readonly string[];
}

const MAGIC_BYTES = 8;

/** By the index; what the index does not cover is found by walking from record to record. */
export async function findLayout(source: FileSource): Promise<Layout> {
  const table = new ChannelTable();
  const ending = await readEnding(source);
  ending.summary.forEach((record) => table.add(record));
  const indexed = chunksOf(ending);
  const { segments, reachedEnd } = await fillGaps(source, ending, indexed, table);
  const statistics = ending.summary.find((record) => record.type === "Statistics");
  const repairs: string[] = [];
  if (ending.damage !== undefined)
    repairs.push(`its index is damaged (${ending.damage}); the file was read instead`);
  else if (ending.complete && indexed.length === 0 && segments.length > 0)
    repairs.push("it has no index; the file was read instead");
  const truncated = ending.complete
    ? reachedEnd
      ? undefined
      : "a record in the middle is damaged"
    : "its end is missing";
  return {
    table,
    segments,
    channelsKnown: table.channels.length === statistics?.channelCount && table.complete,
    truncated,
    repairs,
  };
}

const chunksOf = ({ summary }: Ending): readonly McapTypes.ChunkIndex[] =>
  summary
    .filter((record) => record.type === "ChunkIndex")
    .sort((a, b) => (a.chunkStartOffset < b.chunkStartOffset ? -1 : 1));

/** The indexed chunks, and whatever lies between them. */
async function fillGaps(
  source: FileSource,
  { summaryOffset }: Ending,
  indexed: readonly McapTypes.ChunkIndex[],
  table: ChannelTable,
): Promise<{ readonly segments: readonly Segment[]; readonly reachedEnd: boolean }> {
  const segments: Segment[] = [];
  let at = MAGIC_BYTES;
  for (const chunk of indexed) {
    const offset = Number(chunk.chunkStartOffset);
    if (at < offset) segments.push(...(await walkRecords(source, at, offset, table)).segments);
    const lengthBytes = Number(chunk.chunkLength);
    segments.push({
      kind: "chunk",
      offset,
      lengthBytes,
      startNs: chunk.messageStartTime,
      endNs: chunk.messageEndTime,
    });
    at = offset + lengthBytes + Number(chunk.messageIndexLength);
  }
  const rest = await walkRecords(source, at, summaryOffset, table);
  return { segments: [...segments, ...rest.segments], reachedEnd: rest.ended };
}
