import { ScriptFault } from "../problem.ts";
import { Pose, Struct, typeName, type Result } from "./value.ts";

/**
 * Whether two values are equal: of lists, poses and structs all parts. A boolean equals a number as 0 or 1 would
 * (scripts write `flag == False` of registers); values of other different types are not equal.
 */
export function isEqual(a: Result, b: Result): boolean {
  if (a === b) return true;
  if (typeof a === "boolean" && typeof b === "number") return Number(a) === b;
  if (typeof a === "number" && typeof b === "boolean") return a === Number(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  if (a instanceof Pose && b instanceof Pose) return a.items.every((item, i) => item === b.items[i]);
  if (a instanceof Struct && b instanceof Struct)
    return (
      a.members.size === b.members.size &&
      [...a.members].every(([name, item]) => b.members.has(name) && isEqual(item, b.members.get(name)))
    );
  return false;
}

/** < 0, 0 or > 0 as `a` is less than, equal to or greater than `b`; NaN when one of them is. Numbers only. */
export function difference(a: Result, b: Result): number {
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a - b;
  throw new ScriptFault(`Type error: cannot order ${typeName(a)} and ${typeName(b)}`);
}
