import { CdrBuffer } from "./cdr-buffer.ts";
import type { MessageDefinition, MessageDefinitionField, Schema } from "./schemas.ts";
import type { RosTime } from "./time.ts";

type Write = (value: unknown) => void;

/**
 * Writes messages of one type as CDR. Every field must be there and fit its type: a hole in a log is worse than an error.
 *
 * @throws TypeError naming the field; that is a broken promise of the caller
 */
export class CdrEncoder {
  readonly #buffer = new CdrBuffer();
  readonly #write: Write;

  constructor(schema: Schema) {
    const types = new Map(schema.definitions.slice(1).map((definition) => [definition.name, definition]));
    this.#write = writeMessage(schema.definitions[0]!, schema.name, types, this.#buffer);
  }

  /** @returns the CDR bytes, good until the next call */
  encode(message: unknown): Uint8Array {
    this.#buffer.restart();
    this.#write(message);
    return this.#buffer.message();
  }
}

type Types = ReadonlyMap<string | undefined, MessageDefinition>;

function writeMessage(definition: MessageDefinition, path: string, types: Types, to: CdrBuffer): Write {
  const fields = definition.definitions.filter((field) => !field.isConstant);
  const writers = fields.map((field) => ({
    name: field.name,
    write: writeField(field, `${path}.${field.name}`, types, to),
  }));
  // A message without a field still has a byte in CDR, as rosidl gives it a member of its own.
  if (writers.length === 0) return () => to.uint8(0);
  return (value) => {
    if (typeof value !== "object" || value === null) throw wrong(path, "a message", value);
    for (const { name, write } of writers) write((value as Record<string, unknown>)[name]);
  };
}

function writeField(field: MessageDefinitionField, path: string, types: Types, to: CdrBuffer): Write {
  const inside = field.isComplex ? types.get(field.type) : undefined;
  const one = inside ? writeMessage(inside, path, types, to) : writePrimitive(field.type, path, to);
  if (!field.isArray) return one;
  const { arrayLength: fixed, arrayUpperBound: most = Infinity } = field;
  return (value) => {
    if (!isRow(value)) throw wrong(path, "an array", value);
    if (value.length > most) throw wrong(path, `at most ${most} items`, `${value.length}`);
    if (fixed === undefined) to.uint32(value.length);
    else if (value.length !== fixed) throw wrong(path, `${fixed} items`, `${value.length}`);
    for (let i = 0; i < value.length; i++) one(value[i]);
  };
}

const isRow = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || ArrayBuffer.isView(value);

function writePrimitive(type: string, path: string, to: CdrBuffer): Write {
  switch (type) {
    case "float64":
      return (value) => (typeof value === "number" ? to.float64(value) : fail(path, type, value));
    case "float32":
      return (value) => (typeof value === "number" ? to.float32(value) : fail(path, type, value));
    case "bool":
      return (value) => (typeof value === "boolean" ? to.uint8(value ? 1 : 0) : fail(path, type, value));
    case "string":
      return (value) => (typeof value === "string" ? to.string(value) : fail(path, type, value));
    case "time":
    case "duration":
      return (value) => writeTime(value as RosTime | undefined, path, to);
    case "uint8":
    case "byte":
    case "char":
      return writeInteger(path, type, 0, 0xff, (value) => to.uint8(value));
    case "int8":
      return writeInteger(path, type, -0x80, 0x7f, (value) => to.int8(value));
    case "uint16":
      return writeInteger(path, type, 0, 0xffff, (value) => to.uint16(value));
    case "int16":
      return writeInteger(path, type, -0x8000, 0x7fff, (value) => to.int16(value));
    case "int64":
      return writeBigInteger(path, type, -(1n << 63n), (1n << 63n) - 1n, (value) => to.int64(value));
    case "uint64":
      return writeBigInteger(path, type, 0n, (1n << 64n) - 1n, (value) => to.uint64(value));
    case "int32":
      return writeInteger(path, type, -0x80000000, 0x7fffffff, (value) => to.int32(value));
    case "uint32":
      return writeInteger(path, type, 0, 0xffffffff, (value) => to.uint32(value));
    default:
      throw new Error(`${path}: no writer for ${type}; add one to src/ros/cdr-encoder.ts`);
  }
}

function writeInteger(
  path: string,
  type: string,
  min: number,
  max: number,
  write: (value: number) => void,
): Write {
  return (value) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max)
      fail(path, type, value);
    write(value as number);
  };
}

function writeBigInteger(
  path: string,
  type: string,
  min: bigint,
  max: bigint,
  write: (value: bigint) => void,
): Write {
  return (value) => {
    if (typeof value !== "bigint" || value < min || value > max) fail(path, `${type} (a bigint)`, value);
    write(value);
  };
}

function writeTime(time: RosTime | undefined, path: string, to: CdrBuffer): void {
  if (!Number.isInteger(time?.sec) || !Number.isInteger(time?.nanosec)) throw wrong(path, "a time", time);
  to.int32(time!.sec);
  to.uint32(time!.nanosec);
}

function fail(path: string, type: string, value: unknown): never {
  throw wrong(path, type, value);
}

const wrong = (path: string, wanted: string, value: unknown): TypeError =>
  new TypeError(
    `${path} must be ${wanted}, not ${typeof value === "number" || typeof value === "bigint" ? String(value) : JSON.stringify(value)}`,
  );
