import { mkdirSync, writeFileSync } from "node:fs";
import { dependencyOf, fieldsOf, withDependencies, type MessageDefinitionField } from "../schemas.ts";
import { textOf } from "./texts.ts";
import { USED } from "./used.ts";

const HERE = new URL("./", import.meta.url);
const AGAIN =
  "/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */\n";
const SERVICE_PARTS = ["Request", "Response"] as const;
const ACTION_PARTS = ["Goal", "Result", "Feedback"] as const;

/** Every generated file of TypeScript types: its place, relative to this file, and its text. */
export function generatedTypes(): ReadonlyMap<string, string> {
  const packages = new Map<string, string[]>();
  for (const name of allTypes()) {
    if (name.startsWith("builtin_interfaces/")) continue;
    const [pkg] = name.split("/") as [string];
    packages.set(pkg, [...(packages.get(pkg) ?? []), name]);
  }
  const files = new Map<string, string>();
  for (const [pkg, names] of packages) files.set(placeOf(pkg), packageSource(pkg, names.sort()));
  return files.set("generated/tables.ts", tablesSource());
}

const placeOf = (pkg: string): string =>
  pkg === "cellist_msgs" ? "../../cellist_msgs/messages.ts" : `generated/${pkg}.ts`;

/** "package/Name" of everything used, and of what lies inside. */
function allTypes(): readonly string[] {
  const { messages, services, actions } = USED;
  const roots = [
    ...messages.map((type) => type.replace("/msg/", "/")),
    ...services.flatMap((type) => SERVICE_PARTS.map((part) => `${type.replace("/srv/", "/")}_${part}`)),
    ...actions.flatMap((type) => ACTION_PARTS.map((part) => `${type.replace("/action/", "/")}_${part}`)),
  ];
  return roots.reduce<string[]>((found, name) => [...withDependencies(name, found)], []);
}

function packageSource(pkg: string, names: readonly string[]): string {
  const others = new Set<string>();
  const bodies = names.map((name) => interfaceSource(name, pkg, others));
  const path = (other: string): string =>
    pkg === "cellist_msgs" ? `../ros/interfaces/generated/${other}.ts` : `./${other}.ts`;
  const imports = [...others]
    .sort()
    .map((other) =>
      other === "time"
        ? `import type { RosTime } from "${pkg === "cellist_msgs" ? "../ros/time.ts" : "../../time.ts"}";\n`
        : `import type * as ${other} from "${path(other)}";\n`,
    );
  return `${AGAIN}${imports.join("")}\n${bodies.join("\n")}`;
}

function interfaceSource(name: string, pkg: string, others: Set<string>): string {
  const text = textOf(name);
  const comments = commentsOf(text);
  const fields = fieldsOf(text).filter((field) => !field.isConstant);
  const lines = fields.map((field) => {
    const comment = comments.fields.get(field.name);
    return `${comment === undefined ? "" : `  /** ${comment} */\n`}  readonly ${field.name}: ${tsType(field, name, pkg, others)};\n`;
  });
  const about = comments.whole === "" ? `${name}` : `${name}: ${comments.whole}`;
  const short = name.split("/")[1]!;
  if (lines.length === 0) return `/** ${about} */\nexport type ${short} = Readonly<Record<string, never>>;\n`;
  return `/** ${about} */\nexport interface ${short} {\n${lines.join("")}}\n`;
}

function tsType(field: MessageDefinitionField, inside: string, pkg: string, others: Set<string>): string {
  const one = elementType(field, inside, pkg, others);
  if (!field.isArray) return one;
  return one === "number" || one === "bigint" ? `ArrayLike<${one}>` : `readonly ${one}[]`;
}

function elementType(
  field: MessageDefinitionField,
  inside: string,
  pkg: string,
  others: Set<string>,
): string {
  if (field.type === "time" || field.type === "duration") {
    others.add("time");
    return "RosTime";
  }
  const dependency = dependencyOf(field, inside);
  if (dependency !== undefined) {
    const [other, short] = dependency.split("/") as [string, string];
    if (other === pkg) return short;
    others.add(other);
    return `${other}.${short}`;
  }
  if (field.type === "bool") return "boolean";
  if (field.type === "string" || field.type === "wstring") return "string";
  return field.type === "int64" || field.type === "uint64" ? "bigint" : "number";
}

/** The comment at the top of a text, and the comments right before its fields. */
function commentsOf(text: string): { whole: string; fields: ReadonlyMap<string, string> } {
  const fields = new Map<string, string>();
  let whole = "";
  let pending: string[] = [];
  let seenField = false;
  for (const line of text.split("\n")) {
    const [, comment] = /^#\s?(.*)$/.exec(line) ?? [];
    if (comment !== undefined) pending.push(comment);
    else if (line.trim() === "") {
      if (!seenField && whole === "") whole = pending.join(" ");
      pending = [];
    } else {
      const [, field] = /^\S+\s+(\w+)/.exec(line) ?? [];
      if (pending.length > 0 && field !== undefined) {
        if (!seenField && whole === "" && pending.length > 0 && text.startsWith("#"))
          whole = pending.join(" ");
        else fields.set(field, pending.join(" "));
      }
      seenField = true;
      pending = [];
    }
  }
  return { whole, fields };
}

function tablesSource(): string {
  const ref = (name: string): string => name.replace(/\/(msg|srv|action)\//, ".").replace("/", ".");
  const packages = new Set(Object.values(USED).flatMap((types) => types.map((type) => type.split("/")[0]!)));
  const imports = [...packages].sort().map((pkg) => {
    const path = pkg === "cellist_msgs" ? "../../../cellist_msgs/messages.ts" : `./${pkg}.ts`;
    return `import type * as ${pkg} from "${path}";\n`;
  });
  const messages = USED.messages.map((type) => `  readonly "${type}": ${ref(type)};\n`);
  const group = (type: string, parts: readonly string[]): string =>
    `  readonly "${type}": {\n${parts.map((part) => `    readonly ${part.toLowerCase()}: ${ref(type)}_${part};\n`).join("")}  };\n`;
  const services = USED.services.map((type) => group(type, SERVICE_PARTS));
  const actions = USED.actions.map((type) => group(type, ACTION_PARTS));
  return [
    `${AGAIN}${imports.join("")}`,
    `/** What each message type of this project holds. */\nexport interface MessageTypes {\n${messages.join("")}}\n`,
    `/** What each service type asks and answers. */\nexport interface ServiceTypes {\n${services.join("")}}\n`,
    `/** What each action type is asked, ends with and tells on the way. */\nexport interface ActionTypes {\n${actions.join("")}}\n`,
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(new URL("generated/", HERE), { recursive: true });
  for (const [place, text] of generatedTypes()) writeFileSync(new URL(place, HERE), text);
}
