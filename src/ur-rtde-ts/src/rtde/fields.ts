import { type RtdeEncodable, type RtdeType, type RtdeValue } from "../protocol/rtde-type.ts";
import { aboutOf, type FieldAbout, type FieldRow } from "./field-about.ts";
import { inputTable } from "./input-table.ts";
import { outputTable } from "./output-table.ts";

type TypesOf<Table extends Readonly<Record<string, FieldRow>>> = { readonly [N in keyof Table]: Table[N][0] };

type UpTo<N extends number, Seen extends number[] = []> = Seen["length"] extends N
  ? Seen[number]
  : UpTo<N, [...Seen, Seen["length"]]>;

/** Index of an integer or double register, 0 to 47; 24 and up are for external clients. */
export type RegisterIndex = UpTo<48>;
/** Index of a bit register with a field of its own, 64 to 127. */
export type BitRegisterIndex = Exclude<UpTo<128>, UpTo<64>>;

type RegisterFields<Side extends "input" | "output"> = Readonly<
  Record<`${Side}_int_register_${RegisterIndex}`, "INT32"> &
    Record<`${Side}_double_register_${RegisterIndex}`, "DOUBLE"> &
    Record<`${Side}_bit_register_${BitRegisterIndex}`, "BOOL">
>;

type OutputTypes = TypesOf<typeof outputTable> & RegisterFields<"output"> & RegisterFields<"input">;
type InputTypes = TypesOf<typeof inputTable> & RegisterFields<"input">;

/** Name of a field the controller sends. */
export type OutputName = keyof OutputTypes;
/** Name of a field the controller takes. */
export type InputName = keyof InputTypes;
/** Decoded value of an output. */
export type OutputValue<Name extends OutputName> = RtdeValue<OutputTypes[Name]>;
/** What can be sent for an input. */
export type InputValue<Name extends InputName> = RtdeEncodable<InputTypes[Name]>;
/** Fields of one's own, beside those of the table: name to type. */
export type ExtraFields = Readonly<Record<string, RtdeType>>;

/** What is known of every output, the numbered families written out. */
export const outputCatalogue: Readonly<Record<OutputName, FieldAbout>> = {
  ...catalogue(outputTable),
  ...registers("output"),
  ...registers("input"),
};

/** What is known of every input, the numbered families written out. */
export const inputCatalogue: Readonly<Record<InputName, FieldAbout>> = {
  ...catalogue(inputTable),
  ...registers("input"),
};

/** Type of every output. */
export const outputFields: Readonly<Record<OutputName, RtdeType>> = typesOf(outputCatalogue);

/** Type of every input. */
export const inputFields: Readonly<Record<InputName, RtdeType>> = typesOf(inputCatalogue);

/** Whether a name is one of the table's outputs. */
export function isOutputName(name: string): name is OutputName {
  return Object.hasOwn(outputFields, name);
}

/** Whether a name is one of the table's inputs. */
export function isInputName(name: string): name is InputName {
  return Object.hasOwn(inputFields, name);
}

/** Looks fields up in one's own fields first, then in a table. */
export function fieldTypes(
  table: ExtraFields,
  extra: ExtraFields = {},
): (name: string) => RtdeType | undefined {
  return (name) => {
    if (Object.hasOwn(extra, name)) return extra[name];
    return Object.hasOwn(table, name) ? table[name] : undefined;
  };
}

function catalogue<Name extends string>(table: Readonly<Record<Name, FieldRow>>): Record<Name, FieldAbout> {
  const rows = Object.entries<FieldRow>(table).map(([name, row]) => [name, aboutOf(row)]);
  return Object.fromEntries(rows) as Record<Name, FieldAbout>;
}

function typesOf<Name extends string>(about: Readonly<Record<Name, FieldAbout>>): Record<Name, RtdeType> {
  const rows = Object.entries<FieldAbout>(about).map(([name, { type }]) => [name, type]);
  return Object.fromEntries(rows) as Record<Name, RtdeType>;
}

/**
 * The general-purpose registers of one side. The lower half belongs to fieldbuses, where there are any.
 * @source RTDE guide: registers 24 to 47 and bits 64 to 127 since 3.9 and 5.3
 */
function registers<Side extends "input" | "output">(
  side: Side,
): Record<keyof RegisterFields<Side>, FieldAbout> {
  const about: Record<string, FieldAbout> = {};
  const whose = (upper: boolean) => (upper ? "for external clients" : "for fieldbuses, else free");
  for (let i = 0; i < 48; i += 1) {
    const since = i < 24 ? "3.4/5.0" : "3.9/5.3";
    about[`${side}_int_register_${i}`] = aboutOf([
      "INT32",
      "",
      since,
      `Integer ${side} register ${i}, ${whose(i >= 24)}`,
    ]);
    about[`${side}_double_register_${i}`] = aboutOf([
      "DOUBLE",
      "",
      since,
      `Double ${side} register ${i}, ${whose(i >= 24)}`,
    ]);
  }
  for (let i = 64; i < 128; i += 1)
    about[`${side}_bit_register_${i}`] = aboutOf([
      "BOOL",
      "",
      "3.9/5.3",
      `Bit ${side} register ${i}, ${whose(true)}`,
    ]);
  return about;
}
