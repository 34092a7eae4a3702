import { ScriptFault } from "../problem.ts";
import { expectInteger, expectList } from "../values/expect.ts";
import { capacityOf, checkRoom, keepCapacity } from "../values/capacity.ts";
import { checkedLength, toText } from "../values/text.ts";
import { copyOf, typeName, type ListValue, type Result, type Value } from "../values/value.ts";

type Method = (list: ListValue, args: readonly Result[]) => Result;

interface ListMethod {
  /** Fewest and most arguments. */
  readonly least: number;
  readonly most: number;
  readonly call: Method;
}

/**
 * Methods of lists; they change the list they are called on.
 *
 * @source UR script manual 5.15 and later, "Matrix and Array Expressions": a list grows no longer than its capacity;
 *   @assumed extend, slice
 */
const METHODS: ReadonlyMap<string, ListMethod> = new Map<string, ListMethod>([
  [
    "append",
    {
      least: 1,
      most: 1,
      call: (list, [item]) => {
        checkRoom(list, 1);
        list.push(given(item));
        return undefined;
      },
    },
  ],
  [
    "extend",
    {
      least: 1,
      most: 1,
      call: (list, [more]) => {
        const items = expectList(more, "argument of extend");
        checkRoom(list, items.length);
        list.push(...items);
        return undefined;
      },
    },
  ],
  [
    "insert",
    {
      least: 2,
      most: 2,
      call: (list, [at, item]) => {
        const index = position(list, at, 1);
        checkRoom(list, 1);
        list.splice(index, 0, given(item));
        return undefined;
      },
    },
  ],
  [
    "remove",
    { least: 1, most: 1, call: (list, [at]) => void keepCapacity(list).splice(position(list, at, 0), 1) },
  ],
  ["pop", { least: 0, most: 0, call: (list) => keepCapacity(list).pop() ?? empty() }],
  ["clear", { least: 0, most: 0, call: (list) => void keepCapacity(list).splice(0) }],
  ["capacity", { least: 0, most: 0, call: capacityOf }],
  ["length", { least: 0, most: 0, call: (list) => list.length }],
  ["to_string", { least: 0, most: 0, call: (list) => checkedLength(toText(list)) }],
  [
    "slice",
    {
      least: 0,
      most: 2,
      call: (list, [from = 0, to = list.length]) =>
        copyOf(list.slice(position(list, from, 1), position(list, to, 1))),
    },
  ],
]);

/** Whether lists have a method of this name. */
export const isListMethod = (name: string): boolean => METHODS.has(name);

/** Calls a method of a list. */
export function callMethod(owner: Result, name: string, args: readonly Result[]): Result {
  const method = METHODS.get(name);
  if (!Array.isArray(owner) || method === undefined)
    throw new ScriptFault(`Type error: a ${typeName(owner)} has no method ${name}`);
  if (args.length < method.least || args.length > method.most)
    throw new ScriptFault(`Type error: ${name} takes ${method.least} to ${method.most} arguments`);
  return method.call(owner, args);
}

function given(item: Result): Value {
  if (item === undefined) throw new ScriptFault("Type error: cannot store None");
  return item;
}

function position(list: ListValue, at: Result, beyond: 0 | 1): number {
  const index = expectInteger(at, "index");
  if (index < 0 || index >= list.length + beyond)
    throw new ScriptFault(`Index ${index} is outside the list of ${list.length} elements`);
  return index;
}

function empty(): never {
  throw new ScriptFault("pop: the list is empty");
}
