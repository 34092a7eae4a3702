import { ScriptFault } from "../problem.ts";
import type { InstantBuiltin } from "../script-host.ts";
import { expectInteger, expectString, MAX_INTEGER } from "../values/expect.ts";
import { checkedLength, toText } from "../values/text.ts";
import type { Arguments } from "../script-host.ts";
import { instant } from "./define.ts";

/** Strings are counted in bytes. @source UR script manual 5.25, "Module internals", `str_at` to `to_str` */
export const stringBuiltins: readonly InstantBuiltin[] = [
  instant("str_cat", ["op1", "op2"], ([a, b]) => checkedLength(toText(a) + toText(b))),
  instant("to_str", ["val"], ([value]) => checkedLength(toText(value))),
  instant("to_num", ["str"], ([text]) => toNumber(expectString(text, "str"))),
  instant("str_len", ["str"], ([text]) => bytes(expectString(text, "str")).length),
  instant("str_empty", ["str"], ([text]) => expectString(text, "str") === ""),
  instant("str_at", ["src", "index"], ([source, index]) => {
    const [text, i] = [bytes(expectString(source, "src")), expectInteger(index, "index")];
    if (i < 0 || i >= text.length) throw outOfBounds(i);
    return characters(text.subarray(i, i + 1));
  }),
  instant("str_find", ["src", "target", { name: "start_from", default: 0 }], ([source, target, from]) => {
    const [text, start] = [bytes(expectString(source, "src")), expectInteger(from, "start_from")];
    if (start < 0 || start > text.length) throw outOfBounds(start);
    return text.indexOf(expectString(target, "target"), start);
  }),
  instant("str_sub", ["src", "index", { name: "len", default: MAX_INTEGER }], substring),
];

function substring([source, index, length]: Arguments): string {
  const [text, start, count] = [
    bytes(expectString(source, "src")),
    expectInteger(index, "index"),
    expectInteger(length, "len"),
  ];
  if (start < 0 || start > text.length) throw outOfBounds(start);
  if (count < 0) throw outOfBounds(count);
  return characters(text.subarray(start, start + count));
}

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");
const characters = (part: Buffer): string => part.toString("utf8");
const outOfBounds = (index: number): ScriptFault => new ScriptFault(`Index ${index} is out of bounds`);

const NUMBER = /^\s*[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)$/;

function toNumber(text: string): number {
  if (!NUMBER.test(text)) throw new ScriptFault(`to_num: "${text}" is not a number`);
  const trimmed = text.trim();
  return trimmed.startsWith("-") ? -Number(trimmed.slice(1)) : Number(trimmed.replace("+", ""));
}
