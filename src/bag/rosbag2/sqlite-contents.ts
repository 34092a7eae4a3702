import Libsql from "libsql";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, open, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CellistError } from "../../errors.ts";
import type { BagChannel, BagContents, Selection, StoredMessage } from "../bag-contents.ts";
import { knownText } from "../known-text.ts";

/** Rows read at once: some hundred kilobytes of joint states. */
const BATCH = 1000;

interface MessageRow {
  readonly id: bigint;
  readonly topic_id: bigint;
  readonly timestamp: bigint;
  readonly data: ArrayBuffer;
}

/**
 * A `.db3` of rosbag2's sqlite3 storage. A file that was cut off is read as far as its rows can be reached.
 *
 * @throws CellistError "bag-unreadable"
 * @source rosbag2_storage_sqlite3: tables topics, messages, message_definitions (since Iron)
 */
export async function openSqliteBag(path: string): Promise<BagContents> {
  if (!existsSync(path)) throw unreadable(path, "it is not there");
  let file: Libsql.Database | undefined;
  try {
    file = new Libsql(path, { readonly: true });
    return contentsOf(file, path, "undamaged");
  } catch (cause) {
    file?.close();
    if (cause instanceof CellistError) throw cause;
    if (!file || !isDamage(cause)) throw unreadable(path, (cause as Error).message, cause);
    return openDamaged(path);
  }
}

/** Reads a copy that ends with a whole page: SQLite takes the rest of a torn one for rows. */
async function openDamaged(path: string): Promise<BagContents> {
  const folder = await mkdtemp(join(tmpdir(), "cellist-bag-"));
  const removeCopy = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const copy = join(folder, basename(path));
  let file: Libsql.Database | undefined;
  try {
    await copyFile(path, copy);
    const pageBytes = await pageSize(copy);
    await truncate(copy, Math.floor((await stat(copy)).size / pageBytes) * pageBytes);
    file = new Libsql(copy, { readonly: true });
    file.exec("PRAGMA writable_schema = ON"); // read-only all the same: SQLite then opens a file that is too short
    const contents = contentsOf(file, path, "damaged");
    return { ...contents, close: () => contents.close().then(removeCopy) };
  } catch (cause) {
    file?.close();
    await removeCopy();
    throw unreadable(path, (cause as Error).message, cause);
  }
}

/** @source sqlite.org/fileformat2.html, 1.3: two bytes at 16, 1 means 65536 */
async function pageSize(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 16);
    const said = buffer.readUInt16BE(0);
    return said === 1 ? 65536 : said;
  } finally {
    await file.close();
  }
}

const isDamage = (cause: unknown): boolean => (cause as Error).message.includes("malformed");
const unreadable = (path: string, why: string, cause?: unknown): CellistError =>
  new CellistError("bag-unreadable", `${path} cannot be read as a rosbag2 database: ${why}`, { path }, cause);

function contentsOf(file: Libsql.Database, path: string, state: "undamaged" | "damaged"): BagContents {
  const topics = topicsOf(file, path);
  const rescued = state === "damaged" ? rescuedRows(file) : undefined;
  const lost = rescued && lostRows(file, rescued.length);
  const messages = rescued
    ? (selection: Selection) => rescuedMessages(file, rescued, topics, selection)
    : (selection: Selection) => indexedMessages(file, path, topics, selection);
  if (!rescued) file.prepare("SELECT max(id) FROM messages").all(); // throws now if the file is too short
  return {
    storage: "sqlite3",
    truncated:
      rescued && `the database is damaged or was cut off: ${rescued.length} messages could be reached`,
    repairs: lost ? [lost] : [],
    channels: [...topics.values()],
    messages,
    close: () => Promise.resolve(void file.close()),
  };
}

function topicsOf(file: Libsql.Database, path: string): ReadonlyMap<number, BagChannel> {
  const tables = new Set(
    (file.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]).map(
      ({ name }) => name,
    ),
  );
  if (!tables.has("topics") || !tables.has("messages"))
    throw unreadable(path, "it has no tables topics and messages");
  const rows = file.prepare("SELECT * FROM topics").all() as {
    id: number;
    name: string;
    type: string;
    serialization_format: string;
    offered_qos_profiles?: string;
  }[];
  const texts = tables.has("message_definitions") ? definitionsOf(file) : new Map<string, Definition>();
  return new Map(
    rows.map((row) => {
      const { encoding, text } = texts.get(row.type) ?? knownText(row.type);
      return [
        row.id,
        {
          topic: row.name,
          type: row.type,
          messageEncoding: row.serialization_format,
          schemaEncoding: encoding,
          schemaText: text,
          offeredQos: row.offered_qos_profiles ?? "",
        },
      ];
    }),
  );
}

interface Definition {
  readonly encoding: string;
  readonly text: string;
}

function definitionsOf(file: Libsql.Database): ReadonlyMap<string, Definition> {
  const rows = file
    .prepare("SELECT topic_type, encoding, encoded_message_definition AS text FROM message_definitions")
    .all() as { topic_type: string; encoding: string; text: string }[];
  return new Map(
    rows
      .filter(({ text }) => text !== "")
      .map(({ topic_type, encoding, text }) => [topic_type, { encoding, text }]),
  );
}

const stored = (row: MessageRow, topics: ReadonlyMap<number, BagChannel>): StoredMessage => {
  const channel = topics.get(Number(row.topic_id));
  if (!channel) throw new Error(`message ${row.id} is on topic ${row.topic_id}, which is nowhere described`);
  return { channel, timeNs: row.timestamp, data: new Uint8Array(row.data) };
};

const wantedIds = (topics: ReadonlyMap<number, BagChannel>, wanted: readonly string[] | undefined) =>
  [...topics].filter(([, { topic }]) => !wanted || wanted.includes(topic)).map(([id]) => id);

const LATEST_NS = (1n << 63n) - 1n;

/** By the index over time that rosbag2 makes; a batch at a time, so that a bag need not fit into memory. */
async function* indexedMessages(
  file: Libsql.Database,
  path: string,
  topics: ReadonlyMap<number, BagChannel>,
  { topics: wanted, startNs = 0n, endNs = LATEST_NS }: Selection,
): AsyncGenerator<StoredMessage, void, void> {
  const ids = wantedIds(topics, wanted);
  const next = file
    .prepare(
      `SELECT id, topic_id, timestamp, data FROM messages
       WHERE (timestamp > ? OR (timestamp = ? AND id > ?)) AND timestamp <= ? AND topic_id IN (${ids.join(",")})
       ORDER BY timestamp, id LIMIT ${BATCH}`,
    )
    .safeIntegers(true);
  let [timeNs, id] = [startNs, -1n];
  for (;;) {
    let rows: MessageRow[];
    try {
      rows = next.all(timeNs, timeNs, id, endNs) as MessageRow[];
    } catch (cause) {
      throw unreadable(path, (cause as Error).message, cause);
    }
    for (const row of rows) yield stored(row, topics);
    if (rows.length < BATCH) return;
    await Promise.resolve();
    ({ timestamp: timeNs, id } = rows.at(-1)!);
  }
}

const RESCUE_BATCH = 200;

/** Number and time of every row that can be reached from the beginning, without the index. */
function rescuedRows(file: Libsql.Database): readonly { readonly id: bigint; readonly timestamp: bigint }[] {
  const sql = "SELECT id, timestamp, length(data) FROM messages NOT INDEXED WHERE id > ? ORDER BY id LIMIT ?";
  const rows: { id: bigint; timestamp: bigint }[] = [];
  for (let [last, count] = [-1n, BATCH]; count >= 1;)
    try {
      // A statement that failed once keeps what it was bound to (libsql 0.5.29): a fresh one each time.
      const found = file.prepare(sql).safeIntegers(true).all(last, count) as typeof rows;
      rows.push(...found);
      if (found.length < count) break;
      last = found.at(-1)!.id;
    } catch {
      count = Math.floor(count / 2);
    }
  return rows.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
}

function lostRows(file: Libsql.Database, reached: number): string | undefined {
  try {
    const [{ last }] = file.prepare("SELECT max(id) AS last FROM messages").all() as [
      { last: number | null },
    ];
    const lost = (last ?? 0) - reached;
    return lost > 0 ? `about ${lost} messages cannot be reached` : undefined;
  } catch {
    return undefined; // the newest rows are where the damage is
  }
}

async function* rescuedMessages(
  file: Libsql.Database,
  rows: readonly { readonly id: bigint; readonly timestamp: bigint }[],
  topics: ReadonlyMap<number, BagChannel>,
  { topics: wanted, startNs = 0n, endNs = LATEST_NS }: Selection,
): AsyncGenerator<StoredMessage, void, void> {
  const ids = new Set(wantedIds(topics, wanted));
  const inside = rows.filter(({ timestamp }) => timestamp >= startNs && timestamp <= endNs);
  for (let from = 0; from < inside.length; from += RESCUE_BATCH) {
    const batch = inside.slice(from, from + RESCUE_BATCH).map(({ id }) => id);
    const sql = `SELECT id, topic_id, timestamp, data FROM messages NOT INDEXED WHERE id IN (${batch.join(",")})`;
    const found = file.prepare(sql).safeIntegers(true).all() as MessageRow[];
    const byId = new Map(found.map((row) => [row.id, row]));
    for (const row of batch.map((id) => byId.get(id)))
      if (row && ids.has(Number(row.topic_id))) yield stored(row, topics);
  }
  await Promise.resolve();
}
