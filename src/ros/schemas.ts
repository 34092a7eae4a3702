import rosmsg from "@foxglove/rosmsg";
import common from "@foxglove/rosmsg-msgs-common";
import { CELLIST_DEFINITIONS } from "../cellist_msgs/definitions.ts";
import type { MessageType } from "./topics.ts";

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
const schemas = new Map<MessageType, Schema>();

/**
 * Schema of a message type of this project.
 *
 * @source rosbag2, docs/message_definition_encoding.md: encoding "ros2msg"
 */
export function schemaOf(type: MessageType): Schema {
  const known = schemas.get(type);
  if (known) return known;
  const [first, ...inside] = withDependencies(type.replace("/msg/", "/"));
  const text = [textOf(first!), ...inside.map((name) => `${SEPARATOR}\nMSG: ${name}\n${textOf(name)}`)].join(
    "",
  );
  const schema = { name: type, text, definitions: parseSchema(text) };
  schemas.set(type, schema);
  return schema;
}

/** The types of a "ros2msg" text; the described type comes first. */
export const parseSchema = (text: string): readonly MessageDefinition[] => rosmsg.parse(text, { ros2: true });

/** The type and every type inside it, each once, in order of first use. */
function withDependencies(name: string, found: string[] = []): readonly string[] {
  if (found.includes(name)) return found;
  found.push(name);
  for (const field of rosmsg.parse(textOf(name), { ros2: true, skipTypeFixup: true })[0]!.definitions) {
    const inside = dependencyOf(field, name);
    if (inside) withDependencies(inside, found);
  }
  return found;
}

function dependencyOf(field: MessageDefinitionField, name: string): string | undefined {
  if (field.type === "time") return "builtin_interfaces/Time";
  if (field.type === "duration") return "builtin_interfaces/Duration";
  if (!field.isComplex) return undefined;
  return field.type.includes("/") ? field.type : `${name.split("/")[0]}/${field.type}`;
}

/** .msg text of one type: ours as it is in the package, the standard ones from their definitions. */
function textOf(name: string): string {
  const ours = CELLIST_DEFINITIONS[name];
  if (ours !== undefined) return ours;
  const standard = (common.ros2jazzy as Readonly<Record<string, MessageDefinition>>)[name];
  if (!standard)
    throw new Error(`no definition of ${name} in cellist_msgs or in ROS 2 Jazzy's common interfaces`);
  return standard.definitions.map((field) => `${lineOf(field)}\n`).join("");
}

function lineOf(field: MessageDefinitionField): string {
  if (field.isConstant) return `${field.type} ${field.name}=${field.valueText}`;
  const builtin = { time: "builtin_interfaces/Time", duration: "builtin_interfaces/Duration" }[field.type];
  return `${builtin ?? field.type}${field.isArray ? `[${field.arrayLength ?? ""}]` : ""} ${field.name}`;
}
