import type { MessageDefinition, MessageDefinitionField } from "../ros/schemas.ts";

type Fields = Readonly<Record<string, unknown>>;
/** Makes a message of today's version from an older one. */
export type Renewal = (message: Fields) => Fields;

/**
 * How messages of a bag that was written before fields were added are read today: such a field has the default that its
 * definition states, otherwise 0, "", false or nothing.
 *
 * @param theirs the version in the bag, its own type first; `ours` today's
 * @returns the way, or a sentence on what stands against it: a field that is no more, or is another one
 */
export function renewal(
  theirs: readonly MessageDefinition[],
  ours: readonly MessageDefinition[],
): Renewal | string {
  return renewalOf({ type: theirs[0]!, all: theirs }, { type: ours[0]!, all: ours });
}

interface Version {
  readonly type: MessageDefinition;
  readonly all: readonly MessageDefinition[];
}

function renewalOf(theirs: Version, ours: Version): Renewal | string {
  const known = fieldsOf(ours);
  const stranger = fieldsOf(theirs).find(({ name }) => !known.some((field) => field.name === name));
  if (stranger) return `it has a field ${stranger.name}, which is not known here`;
  const fields: (readonly [string, (message: Fields) => unknown])[] = [];
  for (const field of known) {
    const way = fieldWay(field, theirs, ours);
    if (typeof way === "string") return way;
    fields.push([field.name, way]);
  }
  return (message) => Object.fromEntries(fields.map(([name, of]) => [name, of(message)]));
}

function fieldWay(
  field: MessageDefinitionField,
  theirs: Version,
  ours: Version,
): ((message: Fields) => unknown) | string {
  const { name } = field;
  const before = fieldsOf(theirs).find((one) => one.name === name);
  if (!before) {
    const value = initialValue(field, ours);
    return () => value;
  }
  const [was, is] = [kindOf(before, theirs), kindOf(field, ours)];
  if (was !== is) return `its field ${name} is ${was}, not ${is}`;
  const [inner, outer] = [typeOf(before, theirs), typeOf(field, ours)];
  if (!inner || !outer) return (message) => message[name];
  const way = renewalOf({ ...theirs, type: inner }, { ...ours, type: outer });
  if (typeof way === "string") return way;
  return field.isArray
    ? (message) => (message[name] as readonly Fields[]).map(way)
    : (message) => way(message[name] as Fields);
}

const fieldsOf = ({ type }: Version): readonly MessageDefinitionField[] =>
  type.definitions.filter((field) => !field.isConstant);

const typeOf = (field: MessageDefinitionField, { all }: Version): MessageDefinition | undefined =>
  field.isComplex ? all.find(({ name }) => name === field.type) : undefined;

/** "float64", "float64[]", "float64[4]"; the inside of a type is looked at by itself. */
const kindOf = (field: MessageDefinitionField, version: Version): string =>
  (typeOf(field, version) ? "a message" : field.type) + (field.isArray ? `[${field.arrayLength ?? ""}]` : "");

/** @source rosidl: fields start with their default, or with zero */
function initialValue(field: MessageDefinitionField, version: Version): unknown {
  if (field.defaultValue !== undefined) return field.defaultValue;
  const one = (): unknown => {
    const type = typeOf(field, version);
    if (type)
      return Object.fromEntries(
        fieldsOf({ ...version, type }).map((inner) => [inner.name, initialValue(inner, version)]),
      );
    if (field.type === "string" || field.type === "wstring") return "";
    if (field.type === "bool") return false;
    if (field.type === "time" || field.type === "duration") return { sec: 0, nanosec: 0 };
    return /^u?int64$/.test(field.type) ? 0n : 0;
  };
  return field.isArray ? Array.from({ length: field.arrayLength ?? 0 }, one) : one();
}
