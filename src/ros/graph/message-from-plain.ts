import { CellistError } from "../../errors.ts";
import { schemaOf, type MessageDefinition, type MessageDefinitionField } from "../schemas.ts";

/**
 * A message from what a person wrote (YAML) or rclnodejs read: fields left out are empty or 0, whole numbers become int64 where
 * needed.
 *
 * @throws CellistError `message-invalid` for a field that the type does not have
 */
export function messageFromPlain(type: string, plain: unknown): unknown {
  const { definitions } = schemaOf(type);
  return build(definitions[0]!, plain ?? {}, type, definitions);
}

function build(
  definition: MessageDefinition,
  plain: unknown,
  where: string,
  types: readonly MessageDefinition[],
): Record<string, unknown> {
  if (typeof plain !== "object" || plain === null || Array.isArray(plain))
    throw new CellistError(
      "message-invalid",
      `${where} needs fields, as in "{name: value}", not ${JSON.stringify(plain)}`,
    );
  const fields = definition.definitions.filter((field) => !field.isConstant);
  const given = plain as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) {
    const names = fields.map(({ name }) => name).join(", ") || "none";
    throw new CellistError("message-invalid", `${where} has no field ${unknown}; it has ${names}`);
  }
  return Object.fromEntries(
    fields.map((field) => [field.name, value(field, given[field.name], `${where}.${field.name}`, types)]),
  );
}

function value(
  field: MessageDefinitionField,
  given: unknown,
  where: string,
  types: readonly MessageDefinition[],
): unknown {
  const inside = field.isComplex ? types.find(({ name }) => name === field.type) : undefined;
  const one = (item: unknown): unknown =>
    inside ? build(inside, item ?? {}, where, types) : primitive(field.type, item);
  if (!field.isArray) return one(given);
  if (given === undefined) return Array.from({ length: field.arrayLength ?? 0 }, () => one(undefined));
  if (!Array.isArray(given) && !ArrayBuffer.isView(given))
    throw new CellistError("message-invalid", `${where} must be a list`);
  return Array.from(given as unknown as ArrayLike<unknown>, one);
}

function primitive(type: string, given: unknown): unknown {
  if (type === "int64" || type === "uint64")
    return typeof given === "number" && Number.isInteger(given) ? BigInt(given) : (given ?? 0n);
  if (type === "time" || type === "duration") return { sec: 0, nanosec: 0, ...(given as object | undefined) };
  if (given !== undefined) return given;
  if (type === "string" || type === "wstring") return "";
  return type === "bool" ? false : 0;
}

/** A message as plain values for people: typed arrays as lists, int64 as numbers where they fit. */
export function plainFromMessage(message: unknown): unknown {
  if (typeof message === "bigint")
    return Number.isSafeInteger(Number(message)) ? Number(message) : String(message);
  if (ArrayBuffer.isView(message))
    return Array.from(message as unknown as ArrayLike<unknown>, plainFromMessage);
  if (Array.isArray(message)) return message.map(plainFromMessage);
  if (typeof message !== "object" || message === null) return message;
  return Object.fromEntries(Object.entries(message).map(([key, inside]) => [key, plainFromMessage(inside)]));
}
