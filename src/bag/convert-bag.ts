import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { stringify } from "yaml";
import { CellistError } from "../errors.ts";
import type { BagChannel, Selection, StoredMessage } from "./bag-contents.ts";
import type { BagReader } from "./bag-reader.ts";
import { zstdCompressor } from "./compression.ts";
import { FileSink } from "./file-sink.ts";
import { PerformanceLog } from "./performance-log.ts";

export interface ConvertOptions extends Selection {
  /** zstd makes joint states about a third as big. */
  readonly compression: "none" | "zstd";
  /** A folder with metadata.yaml, as `ros2 bag` wants it; otherwise one file. */
  readonly asFolder: boolean;
}

/**
 * Writes a bag anew as MCAP, whole and with an index, whatever it was before.
 *
 * A bag that begins later keeps what still held then. Nothing is left behind when it fails.
 *
 * @returns number of messages
 * @throws CellistError "bag-unreadable", "file-unwritable", "log-incomplete"
 */
export async function convertBag(reader: BagReader, to: string, options: ConvertOptions): Promise<number> {
  if (existsSync(to))
    throw new CellistError("file-unwritable", `cannot write ${to}: it exists already; choose another name`);
  const file = options.asFolder ? join(to, `${basename(to)}.mcap`) : to;
  if (options.asFolder) await mkdir(to, { recursive: true });
  const log = new PerformanceLog(
    await FileSink.open(file),
    options.compression === "zstd" ? { compress: await zstdCompressor() } : {},
  );
  try {
    const told = await copyMessages(reader, log, options);
    await log.close();
    if (options.asFolder) await writeFile(join(to, "metadata.yaml"), metadataText(basename(file), told));
    return [...told.counts.values()].reduce((sum, count) => sum + count, 0);
  } catch (error) {
    await log.close().catch(() => undefined); // the first error counts
    await rm(options.asFolder ? to : file, { recursive: true, force: true });
    throw error;
  }
}

/** The selection, after what a late listener would still hear at its beginning: the last messages of transient local topics. */
async function* withWhatHeld(
  reader: BagReader,
  selection: Selection,
): AsyncGenerator<StoredMessage, void, void> {
  const { startNs: atNs, topics } = selection;
  const latched = reader.channels
    .filter(({ topic, offeredQos }) => isLatched(offeredQos) && topics?.includes(topic) !== false)
    .map(({ topic }) => topic);
  if (atNs !== undefined && latched.length > 0) {
    const held = new Map<BagChannel, StoredMessage>();
    for await (const message of reader.stored({ topics: latched, endNs: atNs - 1n }))
      held.set(message.channel, message);
    for (const message of held.values()) yield { ...message, timeNs: atNs };
  }
  yield* reader.stored(selection);
}

/** Durability by name, or by number as older recorders of ROS 2 write it. */
const isLatched = (offeredQos: string): boolean => /durability: (transient_local|1)\b/.test(offeredQos);

interface Copied {
  readonly counts: ReadonlyMap<BagChannel, number>;
  readonly startNs: bigint;
  readonly endNs: bigint;
}

const MESSAGES_A_BREATH = 1000;

async function copyMessages(reader: BagReader, log: PerformanceLog, selection: Selection): Promise<Copied> {
  const counts = new Map<BagChannel, number>();
  let [startNs, endNs, total] = [0n, 0n, 0];
  for await (const { channel, timeNs, data } of withWhatHeld(reader, selection)) {
    log.appendStored(channel, timeNs, data);
    counts.set(channel, (counts.get(channel) ?? 0) + 1);
    if (total++ === 0) startNs = timeNs;
    endNs = timeNs;
    if (total % MESSAGES_A_BREATH === 0) await log.drained();
    if (log.failure) throw log.failure;
  }
  return { counts, startNs, endNs };
}

/** metadata.yaml of a folder with one file. @source rosbag2_storage, metadata version 5 (Humble and later read it) */
function metadataText(file: string, { counts, startNs, endNs }: Copied): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const duration = { nanoseconds: endNs - startNs };
  const starting_time = { nanoseconds_since_epoch: startNs };
  const said = {
    rosbag2_bagfile_information: {
      version: 5,
      storage_identifier: "mcap",
      duration,
      starting_time,
      message_count: total,
      topics_with_message_count: [...counts].map(([{ topic, type, messageEncoding, offeredQos }, count]) => ({
        topic_metadata: {
          name: topic,
          type,
          serialization_format: messageEncoding,
          offered_qos_profiles: offeredQos,
        },
        message_count: count,
      })),
      compression_format: "",
      compression_mode: "",
      relative_file_paths: [file],
      files: [{ path: file, starting_time, duration, message_count: total }],
    },
  };
  return stringify(said, { aliasDuplicateObjects: false });
}
