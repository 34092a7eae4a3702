import Libsql from "libsql";
import { existsSync } from "node:fs";
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
export function openSqliteBag(path: string): BagContents {
  if (!existsSync(path)) throw unreadable(path, "it is not there");
  let file: Libsql.Database | undefined;
  try {
    file = new Libsql(path, { readonly: true });
    return contentsOf(file, path, "undamaged");
  } catch (cause) {
    if (cause instanceof CellistError || !file || !isDamage(cause)) {
      file?.close();
      throw cause instanceof CellistError ? cause : unreadable(path, (cause as Error).message, cause);
    }
    try {
      file.exec("PRAGMA writable_schema = ON"); // read-only all the same: SQLite then opens a file that is too short
      return contentsOf(file, path, "damaged");
    } catch (second) {
      file.close();
      throw unreadable(path, (second as Error).message, second);
    }
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

/** Number and time of every row that can be reached from the beginning, without the index. */
function rescuedRows(file: Libsql.Database): readonly { readonly id: bigint; readonly timestamp: bigint }[] {
  const next = file
    .prepare("SELECT id, timestamp, length(data) FROM messages NOT INDEXED WHERE id > ? ORDER BY id LIMIT ?")
    .safeIntegers(true);
  const rows: { id: bigint; timestamp: bigint }[] = [];
  for (let [last, count] = [-1n, BATCH]; count >= 1;)
    try {
      const found = next.all(last, count) as { id: bigint; timestamp: bigint }[];
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
  const one = file
    .prepare("SELECT id, topic_id, timestamp, data FROM messages NOT INDEXED WHERE id = ?")
    .safeIntegers(true);
  for (const { id, timestamp } of rows) {
    if (timestamp < startNs || timestamp > endNs) continue;
    const row = one.get(id) as MessageRow;
    if (ids.has(Number(row.topic_id))) yield stored(row, topics);
  }
  await Promise.resolve();
}
