import { placed, ScriptFault, type Position } from "../problem.ts";
import type { IndexExpression, MemberExpression } from "../syntax/ast.ts";
import { expectInteger, expectNumber, expectStruct } from "../values/expect.ts";
import { Pose, typeName, type Result, type Value } from "../values/value.ts";
import { map, map2, gather, type Code } from "./code.ts";
import type { Compiling } from "./compiling.ts";

/** Reads `list[i]`, `pose[i]`, `matrix[row, column]`, `string[i]` is not in the language. */
export function compileIndex({ object, indices, at }: IndexExpression, compiling: Compiling): Code<Result> {
  const [container, first, second] = compiling.operands([object, ...indices]);
  if (second === undefined) return map2(container!, first!, (list, index) => readAt(list, index, at));
  return map2(container!, gather([first!, second]), (matrix, [row, column]) =>
    readAt(readAt(matrix, row, at), column, at),
  );
}

export const compileMember = ({ object, name, at }: MemberExpression, compiling: Compiling): Code<Result> =>
  map(compiling.expression(object), (struct) => {
    try {
      return expectStruct(struct, `owner of .${name}`).members.get(name) ?? noMember(name);
    } catch (error) {
      throw placed(error, at);
    }
  });

function noMember(name: string): never {
  throw new ScriptFault(`Struct has no member ${name}`);
}

/** The list behind a list or pose, after checking that the index fits. */
function checkedItems(container: Result, index: Result, at: Position): { items: Value[]; index: number } {
  try {
    const items: Result = container instanceof Pose ? container.items : container;
    if (!Array.isArray(items)) throw new ScriptFault(`Type error: a ${typeName(container)} has no elements`);
    const i = expectInteger(index, "index");
    if (i < 0 || i >= items.length)
      throw new ScriptFault(`Index ${i} is outside the list of ${items.length} elements`);
    return { items, index: i };
  } catch (error) {
    throw placed(error, at);
  }
}

function readAt(container: Result, index: Result, at: Position): Result {
  if (Array.isArray(container) && typeof index === "number") {
    const item = container[index];
    if (item !== undefined) return item;
  }
  const checked = checkedItems(container, index, at);
  return checked.items[checked.index];
}

/** Code that stores into one element or member; the container is changed in place, since its variable owns it. */
export function compilePartAssignment(
  target: IndexExpression | MemberExpression,
  value: Code<Result>,
  compiling: Compiling,
): Code<void> {
  const { at } = target;
  const container = compiling.expression(target.object);
  if (target.kind === "member")
    return map2(value, container, (stored, struct) => writeMember(struct, target.name, stored, at));
  const indices = gather(target.indices.map((index) => compiling.expression(index)));
  return map2(
    map2(value, container, (stored, list) => ({ stored, list })),
    indices,
    ({ stored, list }, path) => {
      const owner = path.length === 2 ? readAt(list, path[0], at) : list;
      writeAt(owner, path[path.length - 1], stored, at);
    },
  );
}

function writeAt(container: Result, index: Result, value: Result, at: Position): void {
  const { items, index: i } = checkedItems(container, index, at);
  try {
    if (value === undefined) throw new ScriptFault("Type error: cannot store None");
    items[i] = container instanceof Pose ? expectNumber(value, "element of a pose") : value;
  } catch (error) {
    throw placed(error, at);
  }
}

function writeMember(struct: Result, name: string, value: Result, at: Position): void {
  try {
    const { members } = expectStruct(struct, `owner of .${name}`);
    if (!members.has(name)) noMember(name);
    if (value === undefined) throw new ScriptFault("Type error: cannot store None");
    members.set(name, value);
  } catch (error) {
    throw placed(error, at);
  }
}
