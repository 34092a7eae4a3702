import { ScriptFault } from "../problem.ts";
import { Pose, ScriptObject, Struct, type Result } from "./value.ts";

/** Longest text that scripts may make [characters]. @source UR script manual 5.25, `str_cat`, `to_str` */
export const MAX_TEXT = 1023;

/**
 * A value as `to_str`, `str_cat` and `textmsg` write it: at most six decimals, trailing zeros cut.
 *
 * @source UR script manual 5.25, `to_str`: `p[1.0, 2.0, ...]` gives "p[1, 2, 3, 4, 5, 6]"
 */
export function toText(value: Result): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(toText).join(", ")}]`;
  if (value instanceof Pose) return `p[${value.items.map(numberText).join(", ")}]`;
  if (value instanceof Struct)
    return `struct(${[...value.members].map(([name, item]) => `${name}=${toText(item)}`).join(", ")})`;
  if (value instanceof ScriptObject) return value.description;
  throw new ScriptFault("Type error: cannot convert None to a string");
}

function numberText(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const text = value.toFixed(6).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

/** Refuses a text that the controller could not hold. */
export function checkedLength(text: string): string {
  if (text.length > MAX_TEXT) throw new ScriptFault(`String is longer than ${MAX_TEXT} characters`);
  return text;
}
