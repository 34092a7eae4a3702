import type { ScriptRun } from "../urscript/start-program.ts";
import { toText } from "../urscript/values/text.ts";
import { Pose, ScriptObject, Struct, type Result } from "../urscript/values/value.ts";

const PROGRAM_STATE = 25;
const [SETUP, UPDATE] = [0, 1];
/** Types of values on the wire. @source facts of the client interfaces, message type 25 */
const TYPE = { none: 0, string: 4, pose: 12, bool: 13, integer: 15, float: 16, list: 17 } as const;
const MAX_INTEGER = 2 ** 31;
/** Longer values are left out, as the wire counts with 16 bits [bytes or elements]. */
const MOST = 0xffff;

/**
 * The program-state messages of the primary interface: the names of a program's global variables when it starts, and
 * their values when one has changed.
 *
 * @source facts of the client interfaces, message type 25: time, kind, first index, then names or typed values, each with
 *   a newline behind it; @assumed that a list of lists stands for a matrix, and a text for a struct
 */
export class ProgramVariables {
  #run: ScriptRun | undefined;
  #said: Buffer = Buffer.alloc(0);

  /** What is new since the last call. @param run the program that runs */
  news(run: ScriptRun | undefined, timestampUs: bigint): readonly Uint8Array[] {
    if (run === undefined) return [];
    const names = run.program.globalNames;
    const started = run !== this.#run;
    this.#run = run;
    if (names.length === 0) return [];
    const values = Buffer.concat(names.map((name) => line(encodeValue(run.global(name)))));
    const messages: Uint8Array[] = [];
    if (started) messages.push(message(SETUP, timestampUs, Buffer.from(`${names.join("\n")}\n`)));
    if (started || !values.equals(this.#said)) messages.push(message(UPDATE, timestampUs, values));
    this.#said = values;
    return messages;
  }
}

function message(kind: number, timestampUs: bigint, content: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(head.length + content.length);
  head.writeUInt8(PROGRAM_STATE, 4);
  head.writeBigUInt64BE(timestampUs, 5);
  head.writeUInt8(kind, 13);
  head.writeUInt16BE(0, 14); // the first index
  return Buffer.concat([head, content]);
}

const line = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from("\n")]);
const typed = (type: number, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.of(type), ...parts]);

function encodeValue(value: Result): Buffer {
  if (typeof value === "boolean") return typed(TYPE.bool, Buffer.of(Number(value)));
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") return encodeText(value);
  if (value instanceof Pose) return typed(TYPE.pose, floats(value.items));
  if (value instanceof Struct || value instanceof ScriptObject) return encodeText(toText(value));
  if (!Array.isArray(value) || value.length > MOST) return Buffer.of(TYPE.none);
  return typed(TYPE.list, short(value.length), ...value.map(encodeValue));
}

function encodeNumber(value: number): Buffer {
  if (!Number.isInteger(value) || Math.abs(value) >= MAX_INTEGER) return typed(TYPE.float, floats([value]));
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return typed(TYPE.integer, bytes);
}

function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, MOST);
  return typed(TYPE.string, short(bytes.length), bytes);
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function floats(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeFloatBE(value, 4 * i));
  return bytes;
}
