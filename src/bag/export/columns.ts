import type { MessageDefinition, MessageDefinitionField } from "../../ros/schemas.ts";
import { nanoseconds, type RosTime } from "../../ros/time.ts";
import { plainFromMessage } from "../../ros/graph/message-from-plain.ts";

/** What a cell can hold; `null` where a row is shorter than others. */
export type Cell = number | bigint | boolean | string | null;

/** One column of a table of messages. */
export interface Column {
  /** "header.stamp_ns", "position[2]", "notes" */
  readonly name: string;
  readonly type: "DOUBLE" | "INT64" | "BOOLEAN" | "STRING";
  cell(message: unknown): Cell;
}

/** Rows of numbers up to this length get a column each; longer ones, and lists of messages, become one column of JSON. */
const MOST_COLUMNS_OF_A_ROW = 64;

/** Longest row of numbers met under each name, in all messages of a topic. */
export type RowLengths = ReadonlyMap<string, number>;

/**
 * Columns of a message type, nested fields with dots. A time or duration is one column of nanoseconds.
 *
 * @param definitions the type itself comes first
 * @param lengths how long rows without a fixed length get
 */
export const columnsOf = (
  definitions: readonly MessageDefinition[],
  lengths: RowLengths,
): readonly Column[] =>
  fieldsOf(definitions[0]!).flatMap((field) => columnsOfField(field, "", (m) => m, definitions, lengths));

/** Names of the rows of numbers in a type whose length each message says anew. */
export const openRows = (definitions: readonly MessageDefinition[]): readonly OpenRow[] =>
  fieldsOf(definitions[0]!).flatMap((field) => openRowsIn(field, "", (m) => m, definitions));

export interface OpenRow {
  readonly name: string;
  readonly length: (message: unknown) => number;
}

type Get = (message: unknown) => unknown;
const fieldsOf = ({ definitions }: MessageDefinition): readonly MessageDefinitionField[] =>
  definitions.filter((field) => !field.isConstant);
const inside =
  (get: Get, name: string): Get =>
  (message) =>
    (get(message) as Record<string, unknown>)[name];
const isNumber = (type: string): boolean => /^(u?int\d+|float\d+|byte|char)$/.test(type);
const typeOf = (field: MessageDefinitionField, definitions: readonly MessageDefinition[]) =>
  definitions.find(({ name }) => name === field.type);

function openRowsIn(
  field: MessageDefinitionField,
  prefix: string,
  get: Get,
  definitions: readonly MessageDefinition[],
): readonly OpenRow[] {
  const name = prefix + field.name;
  const own = inside(get, field.name);
  if (field.isArray)
    return isNumber(field.type) && field.arrayLength === undefined
      ? [{ name, length: (message) => (own(message) as ArrayLike<number>).length }]
      : [];
  const type = field.isComplex ? typeOf(field, definitions) : undefined;
  return type ? fieldsOf(type).flatMap((f) => openRowsIn(f, `${name}.`, own, definitions)) : [];
}

function columnsOfField(
  field: MessageDefinitionField,
  prefix: string,
  get: Get,
  definitions: readonly MessageDefinition[],
  lengths: RowLengths,
): readonly Column[] {
  const name = prefix + field.name;
  const own = inside(get, field.name);
  if (field.isArray) return columnsOfRow(field, name, own, lengths);
  if (field.type === "time" || field.type === "duration")
    return [{ name: `${name}_ns`, type: "INT64", cell: (message) => nanoseconds(own(message) as RosTime) }];
  const type = field.isComplex ? typeOf(field, definitions) : undefined;
  if (type) return fieldsOf(type).flatMap((f) => columnsOfField(f, `${name}.`, own, definitions, lengths));
  return [{ name, type: cellType(field.type), cell: (message) => cellOf(field.type, own(message)) }];
}

function columnsOfRow(
  field: MessageDefinitionField,
  name: string,
  own: Get,
  lengths: RowLengths,
): readonly Column[] {
  const length = field.arrayLength ?? lengths.get(name) ?? 0;
  if (!isNumber(field.type) || length > MOST_COLUMNS_OF_A_ROW)
    return [{ name, type: "STRING", cell: (message) => JSON.stringify(plainFromMessage(own(message))) }];
  return Array.from({ length }, (_, i) => ({
    name: `${name}[${i}]`,
    type: cellType(field.type),
    cell: (message: unknown) => {
      const value = (own(message) as ArrayLike<unknown>)[i];
      return value === undefined ? null : cellOf(field.type, value);
    },
  }));
}

function cellType(type: string): Column["type"] {
  if (type === "bool") return "BOOLEAN";
  if (type.startsWith("float")) return "DOUBLE";
  return isNumber(type) ? "INT64" : "STRING";
}

const cellOf = (type: string, value: unknown): Cell =>
  cellType(type) === "INT64" ? BigInt(value as number | bigint) : (value as Cell);
