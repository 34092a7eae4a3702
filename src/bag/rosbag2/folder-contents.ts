import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CellistError } from "../../errors.ts";
import { fileTrouble } from "../../file-trouble.ts";
import {
  inOrderOfTime,
  type BagChannel,
  type BagContents,
  type Selection,
  type StoredMessage,
} from "../bag-contents.ts";
import { unzstd } from "../compression.ts";
import { openMcap } from "../mcap/mcap-contents.ts";
import { readMetadata, type Rosbag2Metadata } from "./metadata.ts";
import { openSqliteBag } from "./sqlite-contents.ts";

/** A single file of a bag, by its ending: `.mcap`, `.db3`, and either with `.zstd`. @throws CellistError "bag-unreadable" */
export async function openBagFile(path: string): Promise<BagContents> {
  if (path.endsWith(".zstd")) return openCompressed(path);
  return path.endsWith(".db3") ? openSqliteBag(path) : openMcap(path);
}

/** A compressed file is read from a copy in the temporary folder, which is removed again. */
async function openCompressed(path: string): Promise<BagContents> {
  const folder = await mkdtemp(join(tmpdir(), "cellist-bag-"));
  const removeCopy = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(path, ".zstd"));
    await writeFile(copy, await unzstd(await readBag(path), path));
    const contents = await openBagFile(copy);
    return { ...contents, close: () => contents.close().finally(removeCopy) };
  } catch (error) {
    await removeCopy();
    throw error;
  }
}

async function readBag(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new CellistError(
      "bag-unreadable",
      `cannot open ${path}: ${fileTrouble(cause, "read")}`,
      { path },
      cause,
    );
  }
}

/**
 * A folder as `ros2 bag record` writes it: metadata.yaml and one file or several. Without metadata (the recorder was
 * killed) the bag files that lie there are read.
 *
 * @throws CellistError "bag-unreadable"
 */
export async function openFolder(path: string): Promise<BagContents> {
  const { metadata, repairs } = await metadataOf(path);
  const parts: BagContents[] = [];
  try {
    for (const file of metadata.files) parts.push(await openBagFile(partPath(path, file)));
  } catch (error) {
    await Promise.all(parts.map((part) => part.close()));
    throw error;
  }
  const cut = parts.findIndex(({ truncated }) => truncated !== undefined);
  return {
    storage: `rosbag2 folder of ${parts.length} ${metadata.storage} file${parts.length === 1 ? "" : "s"}`,
    truncated: cut < 0 ? undefined : `${metadata.files[cut]!}: ${parts[cut]!.truncated}`,
    repairs: [
      ...repairs,
      ...parts.flatMap((part, i) => part.repairs.map((repair) => `${metadata.files[i]!}: ${repair}`)),
    ],
    channels: uniqueChannels(parts),
    messages: (selection) => messagesOf(parts, metadata, selection),
    close: async () => void (await Promise.all(parts.map((part) => part.close()))),
  };
}

/** rosbag2 wrote paths with the folder's own name in front until Foxy. */
function partPath(folder: string, file: string): string {
  const inside = join(folder, file);
  return existsSync(inside) ? inside : join(folder, basename(file));
}

async function metadataOf(
  path: string,
): Promise<{ readonly metadata: Rosbag2Metadata; readonly repairs: readonly string[] }> {
  const file = join(path, "metadata.yaml");
  if (existsSync(file)) {
    const metadata = readMetadata(await readFile(file, "utf8"), file);
    if (metadata.files.length === 0)
      throw new CellistError("bag-unreadable", `${file} names no bag file`, { path });
    return { metadata, repairs: [] };
  }
  const names = await readdir(path);
  const files = names
    .filter((name) => /\.(mcap|db3)(\.zstd)?$/.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (files.length === 0)
    throw new CellistError("bag-unreadable", `${path} has no metadata.yaml and no .mcap or .db3 file`, {
      path,
    });
  const storage = files[0]!.includes(".db3") ? "sqlite3" : "mcap";
  return {
    metadata: { storage, files, compression: "", messageCount: 0 },
    repairs: [`it has no metadata.yaml; the ${files.length} bag files in it were read`],
  };
}

function uniqueChannels(parts: readonly BagContents[]): readonly BagChannel[] {
  const channels = new Map<string, BagChannel>();
  for (const channel of parts.flatMap((part) => part.channels))
    if (!channels.has(channel.topic)) channels.set(channel.topic, channel);
  return [...channels.values()];
}

async function* messagesOf(
  parts: readonly BagContents[],
  { compression }: Rosbag2Metadata,
  selection: Selection,
): AsyncGenerator<StoredMessage, void, void> {
  for await (const message of inOrderOfTime(parts.map((part) => part.messages(selection)))) {
    if (compression !== "message") yield message;
    else yield { ...message, data: await unzstd(message.data, `a message on ${message.channel.topic}`) };
  }
}
