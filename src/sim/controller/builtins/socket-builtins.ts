import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import {
  type BlockingBuiltin,
  immediately,
  type ScriptBuiltin,
  type ScriptWait,
} from "../../urscript/script-host.ts";
import { expectBoolean, expectInteger, expectNumber, expectString } from "../../urscript/values/expect.ts";
import { toText } from "../../urscript/values/text.ts";
import type { Result, Value } from "../../urscript/values/value.ts";
import { CYCLES_PER_S } from "../control-cycle.ts";
import type { ScriptSocket, ScriptSockets } from "../script-socket.ts";
import { optional } from "./arguments.ts";
import { blocking } from "./define-blocking.ts";

/** A connection that is not there by then has failed [s]. @source UR script manual, `socket_open` */
const OPEN_S = 2;
/** Values that one call can read. @source UR script manual, `socket_read_binary_integer` */
const MOST_VALUES = 30;

/** What a reader finds in the bytes that came: how many of them it takes, and what they mean. */
type Reader = (unread: Buffer) => { readonly taken: number; readonly value: Value } | undefined;

const named = optional("socket_name", "socket_0");
const patient = optional("timeout", 2);

/** TCP connections of scripts. Waiting for one leaves all other threads alone. @source UR script manual 5.25 */
export const socketBuiltins = (sockets: ScriptSockets): readonly ScriptBuiltin[] => {
  const sender = (name: string, encode: (value: Result) => Uint8Array | string) =>
    instant(
      name,
      [name.endsWith("string") || name.endsWith("line") ? "str" : "value", named],
      ([value, socket]) => socketOf(socket)?.send(encode(value)) === true,
    );
  const reader = (
    name: string,
    more: readonly (string | ReturnType<typeof optional>)[],
    make: (args: readonly Result[]) => { readonly read: Reader; readonly failed: Value },
  ): BlockingBuiltin =>
    blocking(name, [...more, patient], (args) => {
      const socket = socketOf(args[more.findIndex((parameter) => parameter === named)]);
      const { read, failed } = make(args);
      return waitForBytes(socket, read, failed, expectNumber(args[more.length], "timeout"));
    });
  return [
    blocking("socket_open", ["address", "port", named], ([address, port, name]) =>
      waitForConnection(
        sockets.open(expectString(name, "socket_name"), expectString(address, "address"), portArgument(port)),
      ),
    ),
    instant("socket_close", [named], ([name]) => {
      sockets.close(expectString(name, "socket_name"));
      return undefined;
    }),
    sender("socket_send_string", (text) => toText(text)),
    sender("socket_send_line", (text) => `${toText(text)}\n`),
    sender("socket_send_byte", (value) => Uint8Array.of(expectInteger(value, "value") & 0xff)),
    sender("socket_send_int", (value) => bigEndian(expectInteger(value, "value"))),
    instant("socket_set_var", ["name", "value", named], ([name, value, socket]) => {
      socketOf(socket)?.send(`SET ${expectString(name, "name")} ${expectInteger(value, "value")}\n`);
      return undefined;
    }),
    blocking("socket_get_var", ["name", named], ([name, socket]) => {
      const variable = expectString(name, "name");
      socketOf(socket)?.send(`GET ${variable}\n`);
      return waitForBytes(socketOf(socket), variableNamed(variable), 0, OPEN_S);
    }),
    reader("socket_read_binary_integer", ["number", named], ([number]) =>
      numbersOf(number, 4, (bytes, at) => bytes.readInt32BE(at)),
    ),
    reader("socket_read_byte_list", ["number", named], ([number]) =>
      numbersOf(number, 1, (bytes, at) => bytes[at]!),
    ),
    reader("socket_read_ascii_float", ["number", named], ([number]) => floatsOf(countOf(number))),
    reader("socket_read_line", [named], () => ({ read: lineOf, failed: "" })),
    reader(
      "socket_read_string",
      [named, optional("prefix", ""), optional("suffix", ""), optional("interpret_escape", false)],
      ([, prefix, suffix, escapes]) => {
        const plain = (text: Result, what: string): string =>
          expectBoolean(escapes, "interpret_escape")
            ? unescaped(expectString(text, what))
            : expectString(text, what);
        return { read: stringBetween(plain(prefix, "prefix"), plain(suffix, "suffix")), failed: "" };
      },
    ),
  ];

  function socketOf(name: Result): ScriptSocket | undefined {
    return sockets.find(expectString(name, "socket_name"));
  }
};

function waitForConnection(socket: ScriptSocket): ScriptWait {
  let cyclesLeft = OPEN_S * CYCLES_PER_S;
  return {
    done: () => socket.state !== "opening" || --cyclesLeft <= 0,
    result: () => {
      if (socket.state !== "open") socket.close();
      return socket.state === "open";
    },
    cancel: () => socket.close(),
  };
}

/** @param timeoutS 0 or less = for ever */
function waitForBytes(
  socket: ScriptSocket | undefined,
  read: Reader,
  failed: Value,
  timeoutS: number,
): ScriptWait {
  let found: Value | undefined;
  const look = (): boolean => {
    const answer = socket === undefined ? undefined : read(socket.unread);
    if (answer === undefined) return false;
    socket!.take(answer.taken);
    found = answer.value;
    return true;
  };
  if (look()) return immediately(found);
  let cyclesLeft = timeoutS > 0 ? Math.ceil(timeoutS * CYCLES_PER_S - 1e-6) : Infinity;
  return {
    done: () => look() || socket === undefined || socket.state === "closed" || --cyclesLeft <= 0,
    result: () => found ?? failed,
  };
}

function portArgument(value: Result): number {
  const port = expectInteger(value, "port");
  if (port < 1 || port > 65535) throw new ScriptFault(`socket_open: port ${port} is not 1 to 65535`);
  return port;
}

function countOf(value: Result): number {
  const count = expectInteger(value, "number");
  if (count < 1 || count > MOST_VALUES)
    throw new ScriptFault(`A socket read of ${count} values: it must be 1 to ${MOST_VALUES}`);
  return count;
}

const bigEndian = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
};

/** `[n, v1 … vn]`, or `[0, −1 … −1]`. */
function numbersOf(
  number: Result,
  size: number,
  decode: (bytes: Buffer, at: number) => number,
): { readonly read: Reader; readonly failed: Value } {
  const count = countOf(number);
  return {
    read: (unread) => {
      if (unread.length < count * size) return undefined;
      const values = Array.from({ length: count }, (_, i) => decode(unread, i * size));
      return { taken: count * size, value: [count, ...values] };
    },
    failed: [0, ...new Array<number>(count).fill(-1)],
  };
}

/** `( 1.5, 2, -3e2 )` */
function floatsOf(count: number): { readonly read: Reader; readonly failed: Value } {
  const failed = [0, ...new Array<number>(count).fill(NaN)];
  return {
    failed,
    read: (unread) => {
      const text = unread.toString("latin1");
      const [open, close] = [text.indexOf("("), text.indexOf(")")];
      if (open < 0 || close < open) return undefined;
      const values = text
        .slice(open + 1, close)
        .split(",")
        .map((part) => (part.trim() === "" ? NaN : Number(part)));
      const fits = values.length === count && values.every((value) => !Number.isNaN(value));
      return { taken: close + 1, value: fits ? [count, ...values] : failed };
    },
  };
}

const lineOf = (unread: Buffer): { readonly taken: number; readonly value: string } | undefined => {
  const end = unread.indexOf("\n");
  return end < 0 ? undefined : { taken: end + 1, value: unread.toString("utf8", 0, end).replace(/\r$/, "") };
};

function variableNamed(name: string): Reader {
  return (unread) => {
    const line = lineOf(unread);
    if (line === undefined) return undefined;
    const [said, value] = line.value.trim().split(/\s+/);
    return { taken: line.taken, value: said === name && /^-?\d+$/.test(value ?? "") ? Number(value) : 0 };
  };
}

/** All that came; or what stands between prefix and suffix, with what stands before thrown away. */
function stringBetween(prefix: string, suffix: string): Reader {
  return (unread) => {
    if (unread.length === 0) return undefined;
    const begin = prefix === "" ? 0 : unread.indexOf(prefix);
    if (begin < 0) return undefined;
    const from = begin + Buffer.byteLength(prefix);
    if (suffix === "") return { taken: unread.length, value: unread.toString("utf8", from) };
    const end = unread.indexOf(suffix, from);
    if (end < 0) return undefined;
    return { taken: end + Buffer.byteLength(suffix), value: unread.toString("utf8", from, end) };
  };
}

const unescaped = (text: string): string =>
  text.replace(/\\([nrt])/g, (_, letter: string) => ({ n: "\n", r: "\r", t: "\t" })[letter]!);
