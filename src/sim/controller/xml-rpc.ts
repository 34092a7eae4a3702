import { ScriptFault } from "../urscript/problem.ts";
import { Pose, Struct, typeName, type Result, type Value } from "../urscript/values/value.ts";

/** Members of a pose on its way, in order. @source UR script manual, "Remote Procedure Call": a struct of these */
const POSE_MEMBERS = ["x", "y", "z", "rx", "ry", "rz"] as const;
/** How deep an answer may nest; the rest is no answer. */
const MAX_DEPTH = 30;

/** The text of an XML-RPC request. Whole numbers go as `int`, others as `double`. @throws ScriptFault for None or an object */
export const encodeCall = (method: string, args: readonly Result[]): string =>
  `<?xml version="1.0"?><methodCall><methodName>${escaped(method)}</methodName><params>${args
    .map((value) => `<param>${encodeValue(value)}</param>`)
    .join("")}</params></methodCall>`;

function encodeValue(value: Result): string {
  return `<value>${content(value)}</value>`;
}

function content(value: Result): string {
  if (typeof value === "boolean") return `<boolean>${Number(value)}</boolean>`;
  if (typeof value === "string") return `<string>${escaped(value)}</string>`;
  if (typeof value === "number") return numberContent(value);
  if (Array.isArray(value)) return `<array><data>${value.map(encodeValue).join("")}</data></array>`;
  if (value instanceof Pose) return structContent(POSE_MEMBERS.map((name, i) => [name, value.items[i]]));
  if (value instanceof Struct) return structContent([...value.members]);
  throw new ScriptFault(`Type error: a ${typeName(value)} cannot be sent by XML-RPC`);
}

function numberContent(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) return `<int>${value}</int>`;
  return `<double>${value}</double>`;
}

const structContent = (members: readonly (readonly [string, Result])[]): string =>
  `<struct>${members
    .map(([name, value]) => `<member><name>${escaped(name)}</name>${encodeValue(value)}</member>`)
    .join("")}</struct>`;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ESCAPES[sign]!);

/** What a server answered: a value, or the fault that it names. @throws ScriptFault if it is no answer of XML-RPC */
export function decodeAnswer(xml: string): Result {
  const read = new XmlReader(xml);
  read.open("methodResponse");
  if (read.tryOpen("fault")) {
    const fault = read.value(0);
    const text = fault instanceof Struct ? fault.members.get("faultString") : undefined;
    throw new ScriptFault(`XML-RPC: ${typeof text === "string" ? text : "the server refused the call"}`);
  }
  read.open("params");
  if (!read.tryOpen("param")) return undefined;
  return read.value(0);
}

/** Reads the tags of an XML-RPC answer from front to back. */
class XmlReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(xml: string) {
    const body = xml.replace(/<\?[^>]*\?>|<!--[\s\S]*?-->/g, "");
    this.#tokens = (body.match(/<[^<>]*>|[^<]+/g) ?? []).filter(
      (token, i, all) => token.trim() !== "" || isText(all[i - 1], all[i + 1]),
    );
  }

  open(tag: string): void {
    if (!this.tryOpen(tag)) throw notXmlRpc(`<${tag}> is missing`);
  }

  tryOpen(tag: string): boolean {
    if (this.#tokens[this.#at] !== `<${tag}>`) return false;
    this.#at += 1;
    return true;
  }

  /** `<value>…</value>` */
  value(depth: number): Result {
    if (depth > MAX_DEPTH) throw notXmlRpc("it nests too deeply");
    if (this.#accept("<value/>")) return "";
    this.open("value");
    const result = this.#content(depth);
    this.open("/value");
    return result;
  }

  #content(depth: number): Result {
    const token = this.#tokens[this.#at] ?? "";
    if (!token.startsWith("<")) return this.#text(); // a value without a type is a string
    if (token === "</value>") return "";
    this.#at += 1;
    switch (token) {
      case "<nil/>":
        return undefined;
      case "<string/>":
        return "";
      case "<array>":
        return this.#array(depth);
      case "<struct>":
        return this.#struct(depth);
      case "<struct/>":
        return new Struct(new Map());
    }
    const text = this.#text();
    this.open(`/${token.slice(1, -1)}`);
    return scalar(token, text);
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    if (!this.#accept("<data/>")) {
      this.open("data");
      while (!this.tryOpen("/data")) items.push(stored(this.value(depth + 1)));
    }
    this.open("/array");
    return items;
  }

  #struct(depth: number): Value {
    const members = new Map<string, Value>();
    while (!this.tryOpen("/struct")) {
      this.open("member");
      this.open("name");
      const name = this.#text();
      this.open("/name");
      members.set(name, stored(this.value(depth + 1)));
      this.open("/member");
    }
    return poseOf(members) ?? new Struct(members);
  }

  #text(): string {
    const token = this.#tokens[this.#at] ?? "";
    if (token.startsWith("<")) return "";
    this.#at += 1;
    return unescaped(token);
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}

/** White space is a value only where nothing but it stands inside one. */
const isText = (before: string | undefined, after: string | undefined): boolean =>
  (before === "<string>" && after === "</string>") || (before === "<value>" && after === "</value>");

function scalar(tag: string, text: string): Value {
  switch (tag) {
    case "<string>":
      return text;
    case "<boolean>":
      return text.trim() === "1";
    case "<int>":
    case "<i4>":
    case "<i8>":
    case "<double>":
      if (text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  }
  throw notXmlRpc(`${tag} with "${text}" is no value`);
}

function poseOf(members: ReadonlyMap<string, Value>): Pose | undefined {
  const items = POSE_MEMBERS.map((name) => members.get(name));
  const isPose = members.size === 6 && items.every((item) => typeof item === "number");
  return isPose ? new Pose(items) : undefined;
}

function stored(value: Result): Value {
  if (value === undefined) throw notXmlRpc("None inside a list or struct");
  return value;
}

const notXmlRpc = (why: string): ScriptFault =>
  new ScriptFault(`XML-RPC: the answer cannot be read: ${why.slice(0, 200)}`);

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|#x([0-9a-fA-F]{1,5})|(\w+));/g, (whole, decimal, hex, name: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex as string, 16));
    return ENTITIES[name] ?? whole;
  });
