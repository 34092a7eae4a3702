import { existsSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { fileWriter, parquetWriteRows } from "hyparquet-writer";
import { CellistError } from "../../errors.ts";
import { fileTrouble } from "../../file-trouble.ts";
import type { BagChannel, Selection } from "../bag-contents.ts";
import type { BagReader } from "../bag-reader.ts";
import { columnsOf, openRows, type Cell, type Column } from "./columns.ts";

export type TableFormat = "csv" | "parquet";

/** One written table. */
export interface ExportedTable {
  readonly topic: string;
  readonly path: string;
  readonly rows: number;
}

/** Log time, the first column of every table. */
const TIME = "log_time_ns";
const ROWS_OF_A_GROUP = 50_000;

/**
 * Writes one table for each topic of a bag into a folder: "/joint_states" becomes joint_states.csv or .parquet.
 *
 * A topic whose type nobody defines is left out and told.
 *
 * @throws CellistError "bag-unreadable"; "file-unwritable" also when a table is there already
 */
export async function exportBag(
  reader: BagReader,
  folder: string,
  format: TableFormat,
  selection: Selection,
): Promise<{ readonly tables: readonly ExportedTable[]; readonly leftOut: readonly string[] }> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw unwritable(folder, fileTrouble(cause, "write"));
  });
  const tables: ExportedTable[] = [];
  const leftOut: string[] = [];
  for (const channel of reader.channels) {
    const { topic } = channel;
    if (selection.topics && !selection.topics.includes(topic)) continue;
    const path = join(folder, `${topic.replace(/^\//, "").replaceAll("/", "__")}.${format}`);
    if (existsSync(path)) throw unwritable(path, "it exists already; choose another folder or remove it");
    const definitions = reader.definitionsOf(channel);
    if (typeof definitions === "string") {
      leftOut.push(definitions);
      continue;
    }
    const own = { ...selection, topics: [topic] };
    const columns = columnsOf(definitions, await longestRows(reader, channel, own));
    const rows = await (format === "csv" ? writeCsv : writeParquet)(path, columns, reader, own);
    tables.push({ topic, path, rows });
  }
  return { tables, leftOut };
}

const unwritable = (path: string, why: string): CellistError =>
  new CellistError("file-unwritable", `cannot write ${path}: ${why}`, { path });

/** Rows without a fixed length need one look at all messages first: a table has its columns before its rows. */
async function longestRows(
  reader: BagReader,
  channel: BagChannel,
  selection: Selection,
): Promise<ReadonlyMap<string, number>> {
  const longest = new Map<string, number>();
  const rows = openRows(
    reader.definitionsOf(channel) as Exclude<ReturnType<BagReader["definitionsOf"]>, string>,
  );
  if (rows.length === 0) return longest;
  for await (const { message } of reader.decoded(selection))
    for (const { name, length } of rows) longest.set(name, Math.max(longest.get(name) ?? 0, length(message)));
  return longest;
}

const FLUSH_CHARACTERS = 1 << 20;

async function writeCsv(
  path: string,
  columns: readonly Column[],
  reader: BagReader,
  selection: Selection,
): Promise<number> {
  const file = await open(path, "wx");
  let rows = 0;
  try {
    let text = `${[TIME, ...columns.map(({ name }) => name)].map(csvCell).join(",")}\n`;
    for await (const { timeNs, message } of reader.decoded(selection)) {
      text += `${[timeNs, ...columns.map((column) => column.cell(message))].map(csvCell).join(",")}\n`;
      rows++;
      if (text.length < FLUSH_CHARACTERS) continue;
      await file.write(text);
      text = "";
    }
    await file.write(text);
  } finally {
    await file.close();
  }
  return rows;
}

/** @source RFC 4180; numbers as JavaScript prints them, which reads back to the same bits */
function csvCell(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function writeParquet(
  path: string,
  columns: readonly Column[],
  reader: BagReader,
  selection: Selection,
): Promise<number> {
  let count = 0;
  async function* rows() {
    for await (const { timeNs, message } of reader.decoded(selection)) {
      count++;
      const cells = columns.map((column) => [column.name, column.cell(message)] as const);
      yield Object.fromEntries<Cell>([[TIME, timeNs], ...cells]);
    }
  }
  await parquetWriteRows({
    writer: fileWriter(path),
    rows: rows(),
    columns: [
      { name: TIME, type: "INT64" },
      ...columns.map(({ name, type }) => ({ name, type, nullable: true })),
    ],
    rowGroupSize: ROWS_OF_A_GROUP,
  });
  return count;
}
