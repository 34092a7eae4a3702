import { ScriptFault } from "../problem.ts";
import type { ListValue } from "./value.ts";

/** Where a list that may be longer than it is keeps how long it may get. */
const CAPACITY = Symbol("capacity");
type Capped = ListValue & { [CAPACITY]?: number };

/** Most elements a list may have: as many as it was made with, unless `make_list` gave it room for more. */
export const capacityOf = (list: ListValue): number => (list as Capped)[CAPACITY] ?? list.length;

export function setCapacity(list: ListValue, capacity: number): ListValue {
  (list as Capped)[CAPACITY] = capacity;
  return list;
}

/** Before a list is shortened: it keeps the room that it had. */
export const keepCapacity = (list: ListValue): ListValue => setCapacity(list, capacityOf(list));

/** A copy of a list has the room of the original. */
export function copyCapacity(from: ListValue, to: ListValue): void {
  const capacity = (from as Capped)[CAPACITY];
  if (capacity !== undefined) (to as Capped)[CAPACITY] = capacity;
}

/** @throws ScriptFault when a list has no room for `more` elements */
export function checkRoom(list: ListValue, more: number): void {
  const capacity = capacityOf(list);
  if (list.length + more > capacity)
    throw new ScriptFault(
      `List is full: its capacity is ${capacity}; make_list(length, value, capacity) makes room`,
    );
}
