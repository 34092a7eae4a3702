import { ProtocolError, RtdeError } from "../connection/errors.ts";
import { type FieldType } from "../protocol/data-layout.ts";
import { type RtdeType, isRtdeType } from "../protocol/rtde-type.ts";

/**
 * Longest list of names the guide promises to work [bytes]; current controllers take far more.
 * @source Universal Robots, RTDE guide: "maximum limit of 2048 bytes to represent the list of field names"
 */
export const guaranteedNamesBytes = 2048;

/** The names once each, in order. @throws RtdeError BAD_VALUE if there are none, or one cannot be a name. */
export function checkedNames(names: readonly string[]): string[] {
  const unique = [...new Set(names)];
  if (unique.length === 0) throw new RtdeError("BAD_VALUE", "RTDE: a recipe needs at least one field.");
  const odd = unique.filter((name) => !/^[A-Za-z0-9_]+$/.test(name));
  if (odd.length === 0) return unique;
  throw new RtdeError("BAD_VALUE", `RTDE: ${JSON.stringify(odd[0])} cannot be the name of a field.`, odd);
}

/** A sentence for a list of names that is longer than the guide promises to work. */
export function tooLongNames(names: readonly string[]): string | undefined {
  const bytes = names.join(",").length;
  if (bytes <= guaranteedNamesBytes) return undefined;
  return `A recipe's names take ${bytes} bytes; the RTDE guide promises ${guaranteedNamesBytes}.`;
}

/** What a controller answered for a list of names. */
export interface NamesAnswer {
  readonly fields: readonly FieldType[];
  readonly notFound: readonly string[];
  readonly inUse: readonly string[];
}

/**
 * Sorts the controller's answer by name.
 * @param expected the type a name is wanted as
 * @throws ProtocolError if the answer has another length; RtdeError TYPE_MISMATCH with the fields.
 */
export function namesAnswer(
  names: readonly string[],
  types: readonly string[],
  expected: (name: string) => RtdeType | undefined,
): NamesAnswer {
  if (types.length !== names.length) {
    throw new ProtocolError(`RTDE: ${types.length} types in the answer to ${names.length} names.`);
  }
  const answers = names.map((name, i) => ({ name, type: types[i]! }));
  const namesOf = (word: string) => answers.filter(({ type }) => type === word).map(({ name }) => name);
  const fields: FieldType[] = [];
  for (const { name, type } of answers) {
    if (type === "NOT_FOUND" || type === "IN_USE") continue;
    fields.push({ name, type: checkedType(name, type, expected(name)) });
  }
  return { fields, notFound: namesOf("NOT_FOUND"), inUse: namesOf("IN_USE") };
}

/** A controller may send an integer of another width: the value is a number all the same. */
function checkedType(name: string, type: string, expected: RtdeType | undefined): RtdeType {
  if (!isRtdeType(type)) {
    throw new RtdeError("TYPE_MISMATCH", `RTDE field ${name} has the unknown type ${JSON.stringify(type)}.`, [
      name,
    ]);
  }
  if (expected === undefined || kindOf(type) === kindOf(expected)) return type;
  throw new RtdeError(
    "TYPE_MISMATCH",
    `RTDE field ${name} is a ${type} here; it was asked for as ${expected}.`,
    [name],
  );
}

function kindOf(type: RtdeType): string {
  return ["UINT8", "UINT32", "INT32", "DOUBLE"].includes(type) ? "number" : type;
}
