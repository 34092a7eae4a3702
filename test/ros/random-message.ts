import type { MessageDefinition, Schema } from "../../src/ros/schemas.ts";

const TEXTS = ["", "a", "Saint-Saëns", "Für Elise", "日本語", "🎻 cello", "x".repeat(300), "tab\tnew\nline"];
const FLOATS = [0, -0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, 0.1 + 0.2];
const RANGES: Record<string, readonly [number, number]> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int16: [-32768, 32767],
  byte: [0, 255],
  char: [0, 255],
};

/** A message with any value that its type allows, ends of ranges and odd texts among them. */
export function randomMessage(schema: Schema, random: () => number): Record<string, unknown> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const integer = (min: number, max: number) =>
    pick([min, max, min + Math.floor(random() * (max - min + 1))]);

  const primitive = (type: string): unknown => {
    if (type === "string") return pick(TEXTS);
    if (type === "bool") return random() < 0.5;
    if (type === "float32") return Math.fround((random() - 0.5) * 10 ** integer(-20, 20));
    if (type === "int64") return pick([-(2n ** 63n), 2n ** 63n - 1n, BigInt(integer(-(2 ** 40), 2 ** 40))]);
    if (type === "uint64") return pick([0n, 2n ** 64n - 1n, BigInt(integer(0, 2 ** 50))]);
    if (type === "float64") return random() < 0.3 ? pick(FLOATS) : (random() - 0.5) * 10 ** integer(-20, 20);
    if (type === "time" || type === "duration")
      return { sec: integer(-(2 ** 31), 2 ** 31 - 1), nanosec: integer(0, 1e9 - 1) };
    return integer(...RANGES[type]!);
  };
  const message = (definition: MessageDefinition): Record<string, unknown> => {
    const fields = definition.definitions.filter((field) => !field.isConstant);
    return Object.fromEntries(
      fields.map((field) => {
        const inside = schema.definitions.find(({ name }) => field.isComplex && name === field.type);
        const one = () => (inside ? message(inside) : primitive(field.type));
        const length = field.arrayLength ?? pick([0, 1, integer(0, 40)]);
        return [field.name, field.isArray ? Array.from({ length }, one) : one()];
      }),
    );
  };
  return message(schema.definitions[0]!);
}

/** Typed arrays as plain ones, so that written and read messages can be compared. */
export function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, plain(inside)]));
}
