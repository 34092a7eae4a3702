import { ScriptFault } from "../problem.ts";
import type { InstantBuiltin } from "../script-host.ts";
import { expectInteger, expectList } from "../values/expect.ts";
import { setCapacity } from "../values/capacity.ts";
import { invertMatrix, isMatrix, matrixRows, transposed } from "../values/matrix.ts";
import { copyOf, Pose, typeName, type ListValue, type Result } from "../values/value.ts";
import { instant } from "./define.ts";
import { invertPose } from "./poses.ts";

const lengthOf = (value: Result): number => {
  if (typeof value === "string") return new TextEncoder().encode(value).length;
  return value instanceof Pose ? value.items.length : expectList(value, "argument").length;
};

/** @source UR script manual 5.25, "Module urmath" */
export const listBuiltins: readonly InstantBuiltin[] = [
  instant("get_list_length", ["v"], ([v]) => lengthOf(v)),
  instant("length", ["v"], ([v]) => lengthOf(v)),
  instant("size", ["v"], ([v]) => {
    if (v === undefined || !isMatrix(v)) return lengthOf(v);
    const rows = matrixRows(v);
    return [rows.length, rows[0]!.length];
  }),
  instant("make_list", ["length", "initial_value", { name: "capacity", optional: true }], makeList),
  instant("transpose", ["m"], ([m]) => transposed(expectMatrix(m))),
  instant("inv", ["m"], ([m]) => (m instanceof Pose ? invertPose(m) : invertMatrix(expectMatrix(m)))),
];

function expectMatrix(value: Result): ListValue[] {
  if (value === undefined || !isMatrix(value))
    throw new ScriptFault(`Type error: argument must be a matrix, not a ${typeName(value)}`);
  return value;
}

/** Longest list that `make_list` gives. @assumed */
const MAX_LENGTH = 100_000;

function makeList([length, initial, room]: readonly Result[]): ListValue {
  const count = expectInteger(length, "length");
  if (count < 0 || count > MAX_LENGTH)
    throw new ScriptFault(`make_list: length ${count} is not 0 to ${MAX_LENGTH}`);
  const capacity = room === undefined ? count : expectInteger(room, "capacity");
  if (capacity < count || capacity > MAX_LENGTH)
    throw new ScriptFault(`make_list: capacity ${capacity} is not ${count} to ${MAX_LENGTH}`);
  if (initial === undefined) throw new ScriptFault("Type error: make_list needs an initial value");
  const list: ListValue = [];
  for (let i = 0; i < count; i++) list.push(copyOf(initial));
  return setCapacity(list, capacity);
}
