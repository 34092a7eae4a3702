import rosmsg from "@foxglove/rosmsg";
import { textOf } from "./interfaces/texts.ts";

/** A parsed .msg: its name and fields. */
export type MessageDefinition = ReturnType<typeof rosmsg.parse>[number];
export type MessageDefinitionField = MessageDefinition["definitions"][number];

/** A message type as ROS 2 bags carry it. */
export interface Schema {
  /** "package/msg/Name" */
  readonly name: string;
  /** Its .msg text, followed by the text of every type inside it. */
  readonly text: string;
  /** The same, parsed; the type itself comes first. */
  readonly definitions: readonly MessageDefinition[];
}

const SEPARATOR = "=".repeat(80);
const schemas = new Map<string, Schema>();

/**
 * Schema of a type: "package/msg/Name", "package/srv/Name_Request", "package/action/Name_Goal" and so on.
 *
 * @throws Error for a type that is neither ours nor among ROS 2 Jazzy's common interfaces
 * @source rosbag2, docs/message_definition_encoding.md: encoding "ros2msg"
 */
export function schemaOf(type: string): Schema {
  const known = schemas.get(type);
  if (known) return known;
  const [first, ...inside] = withDependencies(type.replace(/\/(msg|srv|action)\//, "/"));
  const text = [textOf(first!), ...inside.map((name) => `${SEPARATOR}\nMSG: ${name}\n${textOf(name)}`)].join(
    "",
  );
  const schema = { name: type, text, definitions: parseSchema(text) };
  schemas.set(type, schema);
  return schema;
}

/** The types of a "ros2msg" text; the described type comes first. */
export const parseSchema = (text: string): readonly MessageDefinition[] =>
  // A message without a field is a message, but not to the parser.
  text.replaceAll(/#.*$/gm, "").trim() === "" ? [{ definitions: [] }] : rosmsg.parse(text, { ros2: true });

/** Fields of one .msg text, type names as written in it. */
export const fieldsOf = (text: string): readonly MessageDefinitionField[] =>
  rosmsg.parse(text, { ros2: true, skipTypeFixup: true })[0]?.definitions ?? [];

/** The type and every type inside it, each once, in order of first use. */
export function withDependencies(name: string, found: string[] = []): readonly string[] {
  if (found.includes(name)) return found;
  found.push(name);
  for (const field of fieldsOf(textOf(name))) {
    const inside = dependencyOf(field, name);
    if (inside) withDependencies(inside, found);
  }
  return found;
}

/** "package/Name" of the type that a field holds, if it is not a primitive one. */
export function dependencyOf(field: MessageDefinitionField, name: string): string | undefined {
  if (field.type === "time") return "builtin_interfaces/Time";
  if (field.type === "duration") return "builtin_interfaces/Duration";
  if (!field.isComplex) return undefined;
  return field.type.includes("/") ? field.type : `${name.split("/")[0]}/${field.type}`;
}
