import type { ScriptWait } from "../script-host.ts";
import { copyCapacity } from "./capacity.ts";

/**
 * A value of a script. Whole and broken numbers are one type, as no operation of the language tells them apart
 * (`7 / 2` is 3.5, `to_str(1.0)` is "1").
 *
 * Lists, poses and structs have value semantics: whoever stores one in a variable stores a copy (`copyOf`),
 * so a stored one has one owner and may be changed in place.
 */
export type Value = number | boolean | string | ListValue | Pose | Struct | ScriptObject;

/** A list; a list of equally long lists of numbers is a matrix. */
export type ListValue = Value[];

/** What an expression gives: `undefined` when a function returned nothing. */
export type Result = Value | undefined;

/** `p[x, y, z, rx, ry, rz]` [m, rad]. */
export class Pose {
  readonly items: number[];

  /** @param items six numbers, owned by this pose from now on */
  constructor(items: number[]) {
    this.items = items;
  }
}

/** `struct(name=value, ...)`: members are fixed at birth, their values are not. */
export class Struct {
  readonly members: Map<string, Value>;

  constructor(members: Map<string, Value>) {
    this.members = members;
  }
}

/**
 * Something of the host that scripts hold but cannot look into, with methods that may take time (an XML-RPC proxy).
 * Never copied.
 */
export class ScriptObject {
  readonly description: string;
  readonly call: (method: string, args: readonly Result[]) => ScriptWait;

  constructor(description: string, call: (method: string, args: readonly Result[]) => ScriptWait) {
    this.description = description;
    this.call = call;
  }
}

/** What people call the type of a value, for messages. */
export function typeName(value: Result): string {
  if (value === undefined) return "None";
  if (Array.isArray(value)) return "list";
  if (value instanceof Pose) return "pose";
  if (value instanceof Struct) return "struct";
  if (value instanceof ScriptObject) return value.description;
  return typeof value;
}

/** A value that shares nothing with the original. */
export function copyOf<T extends Result>(value: T): T {
  return typeof value === "object" ? (copyOfAggregate(value) as T) : value;
}

function copyOfAggregate(value: ListValue | Pose | Struct | ScriptObject): Value {
  if (Array.isArray(value)) {
    const copy = value.slice();
    copyCapacity(value, copy);
    for (let i = 0; i < copy.length; i++) {
      const item = copy[i]!;
      if (typeof item === "object") copy[i] = copyOfAggregate(item);
    }
    return copy;
  }
  if (value instanceof Pose) return new Pose(value.items.slice());
  if (value instanceof Struct)
    return new Struct(new Map([...value.members].map(([name, item]) => [name, copyOf(item)])));
  return value;
}
