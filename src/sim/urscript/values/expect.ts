import { ScriptFault } from "../problem.ts";
import { Pose, Struct, typeName, type ListValue, type Result } from "./value.ts";

/** Largest whole number of a script. @source UR user manual, "Variables": int is 32 bit */
export const MAX_INTEGER = 2147483647;

const mismatch = (what: string, wanted: string, value: Result): ScriptFault =>
  new ScriptFault(`Type error: ${what} must be a ${wanted}, not a ${typeName(value)}`);

/** @param what name of the argument, for the message */
export function expectNumber(value: Result, what: string): number {
  if (typeof value !== "number") throw mismatch(what, "number", value);
  return value;
}

export function expectInteger(value: Result, what: string): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw mismatch(what, "whole number", value);
  return value;
}

export function expectBoolean(value: Result, what: string): boolean {
  if (typeof value !== "boolean") throw mismatch(what, "boolean", value);
  return value;
}

export function expectString(value: Result, what: string): string {
  if (typeof value !== "string") throw mismatch(what, "string", value);
  return value;
}

export function expectList(value: Result, what: string): ListValue {
  if (!Array.isArray(value)) throw mismatch(what, "list", value);
  return value;
}

export function expectPose(value: Result, what: string): Pose {
  if (!(value instanceof Pose)) throw mismatch(what, "pose", value);
  return value;
}

export function expectStruct(value: Result, what: string): Struct {
  if (!(value instanceof Struct)) throw mismatch(what, "struct", value);
  return value;
}

/**
 * The numbers of a list or pose, not copied: the caller must not keep them.
 *
 * @param count how many there must be; any number if left out
 */
export function expectNumbers(value: Result, what: string, count?: number): readonly number[] {
  const items: unknown = value instanceof Pose ? value.items : value;
  if (!Array.isArray(items)) throw mismatch(what, "list of numbers", value);
  if (count !== undefined && items.length !== count)
    throw new ScriptFault(`Type error: ${what} must have ${count} elements, not ${items.length}`);
  for (const item of items) if (typeof item !== "number") throw mismatch(what, "list of numbers", value);
  return items as number[];
}

/**
 * Whether a condition holds; numbers count as true unless zero, as scripts in the field rely on (`if has_q:`), strings
 * unless empty. @source UR script manual, `socket_read_string`: "if (string_from_server):"
 */
export function expectCondition(value: Result): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "string") return value !== "";
  throw mismatch("condition", "boolean", value);
}
