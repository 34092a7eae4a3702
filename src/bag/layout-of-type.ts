import type { MessageDefinition } from "../ros/schemas.ts";

/** Whether two definitions put every field at the same place in CDR, whatever their comments and constants. */
export const sameLayout = (a: readonly MessageDefinition[], b: readonly MessageDefinition[]): boolean =>
  layout(a) === layout(b);

/** What decides where a field lies; the same for two texts that differ in comments, constants or order of types. */
function layout(definitions: readonly MessageDefinition[]): string {
  const types = definitions.slice(1).filter(({ name }) => !name?.startsWith("builtin_interfaces/"));
  types.sort((a, b) => (a.name! < b.name! ? -1 : 1));
  return JSON.stringify(
    [definitions[0]!, ...types].map(({ definitions: fields }, index) => [
      index > 0 ? types[index - 1]!.name : "",
      ...fields
        .filter((f) => !f.isConstant)
        .map((f) => [f.name, f.type, f.isArray ?? false, f.arrayLength ?? -1]),
    ]),
  );
}
