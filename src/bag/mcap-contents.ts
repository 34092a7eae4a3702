import { hasMcapPrefix, MCAP_MAGIC, McapIndexedReader, McapStreamReader, type McapTypes } from "@mcap/core";
import { CellistError } from "../errors.ts";
import type { FileSource } from "./file-source.ts";

/** One message as it lies in the file. */
export interface StoredMessage {
  readonly channel: McapTypes.Channel;
  readonly schema: McapTypes.Schema | undefined;
  readonly timeNs: bigint;
  readonly data: Uint8Array;
}

/** A part of a bag: these topics (default all), these log times (default all, both ends included). */
export interface Selection {
  readonly topics?: readonly string[];
  readonly startNs?: bigint;
  readonly endNs?: bigint;
}

/** How the messages of an MCAP file are found: by its index, or by reading all of it when the index is missing. */
export interface McapContents {
  /** Why there is no index, if so: the writer was killed or failed. Readable is all up to the last whole chunk. */
  readonly truncated: string | undefined;
  messages(selection: Selection): AsyncGenerator<StoredMessage, void, void>;
}

/** @throws CellistError "bag-unreadable" if the file is not MCAP at all */
export async function findContents(source: FileSource): Promise<McapContents> {
  const start = await source.read(0n, minimum(await source.size(), BigInt(MCAP_MAGIC.length)));
  if (!hasMcapPrefix(new DataView(start.buffer))) {
    throw new CellistError("bag-unreadable", `${source.path} is not an MCAP bag`, { path: source.path });
  }
  try {
    return indexed(await McapIndexedReader.Initialize({ readable: source }));
  } catch (cause) {
    return streamed(source, (cause as Error).message);
  }
}

const minimum = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** In order of log time. */
function indexed(reader: McapIndexedReader): McapContents {
  return {
    truncated: undefined,
    async *messages({ topics, startNs, endNs }) {
      const range = {
        ...(startNs !== undefined && { startTime: startNs }),
        ...(endNs !== undefined && { endTime: endNs }),
      };
      for await (const message of reader.readMessages({ ...(topics && { topics }), ...range })) {
        const channel = reader.channelsById.get(message.channelId)!;
        yield {
          channel,
          schema: reader.schemasById.get(channel.schemaId),
          timeNs: message.logTime,
          data: message.data,
        };
      }
    },
  };
}

/** In order of the file, up to the first record that is cut off or damaged. */
function streamed(source: FileSource, truncated: string): McapContents {
  return {
    truncated,
    async *messages({ topics, startNs, endNs }) {
      const schemas = new Map<number, McapTypes.Schema>();
      const channels = new Map<number, McapTypes.Channel>();
      for await (const record of wholeRecords(source)) {
        if (record.type === "Schema") schemas.set(record.id, record);
        if (record.type === "Channel") channels.set(record.id, record);
        if (record.type !== "Message") continue;
        const channel = channels.get(record.channelId)!;
        if (topics && !topics.includes(channel.topic)) continue;
        if (record.logTime < (startNs ?? 0n) || (endNs !== undefined && record.logTime > endNs)) continue;
        yield { channel, schema: schemas.get(channel.schemaId), timeNs: record.logTime, data: record.data };
      }
    },
  };
}

async function* wholeRecords(source: FileSource): AsyncGenerator<McapTypes.TypedMcapRecord, void, void> {
  const reader = new McapStreamReader();
  for await (const block of source.blocks()) {
    reader.append(block);
    for (let record; (record = nextWhole(reader));) {
      if (record === "damaged") return;
      yield record;
    }
  }
}

/** A damaged record ends the bag as a missing one does: that it is truncated is known already. */
function nextWhole(reader: McapStreamReader): McapTypes.TypedMcapRecord | "damaged" | undefined {
  try {
    return reader.nextRecord();
  } catch {
    return "damaged";
  }
}
