import type { Statement } from "../syntax/ast.ts";
import type { FunctionUnit } from "./function-unit.ts";
import { statementsIn } from "./walk.ts";

/** What a name means at one place of the text. */
export type Variable =
  | { readonly kind: "global"; readonly slot: number }
  | { readonly kind: "local"; readonly slot: number }
  /** A local variable of a function `hops` calls further out, to be read only. */
  | { readonly kind: "outer"; readonly hops: number; readonly slot: number };

/**
 * Which variables a program has and what each name means.
 *
 * `global x` anywhere makes a global; so does every assignment in the program itself (the first level), whatever
 * its qualifier. In other functions `local x` is local from there on; a free name is the global of that name
 * if there is one, and local otherwise.
 *
 * @source UR script manual 5.25, "Scoping rules"
 * @assumed a name that is neither is looked for in the functions around, for reading: the manual is silent
 */
export class Variables {
  readonly #globals = new Map<string, number>();

  /** @param known globals that exist already */
  constructor(units: readonly FunctionUnit[], text: readonly Statement[], known: readonly string[] = []) {
    known.forEach((name) => this.#addGlobal(name));
    for (const unit of units) {
      for (const { name, scope } of assignedNames(unit.bodyOf(text)))
        if (scope === "global" || (unit.isProgram && !unit.isParameter(name))) this.#addGlobal(name);
    }
    for (const unit of units) {
      if (unit.isProgram) continue;
      for (const { name, scope } of assignedNames(unit.bodyOf(text)))
        if (scope === "local" || (scope === undefined && !this.#globals.has(name))) unit.addLocal(name);
    }
  }

  get globalNames(): readonly string[] {
    return [...this.#globals.keys()];
  }

  /** What `name` means in `unit`, or undefined when nothing of that name exists. */
  find(unit: FunctionUnit, name: string): Variable | undefined {
    const global = this.#globals.get(name);
    const local = unit.slots.get(name);
    if (local !== undefined && (global === undefined || unit.isParameter(name) || unit.madeLocal.has(name)))
      return { kind: "local", slot: local };
    if (global !== undefined) return { kind: "global", slot: global };
    let hops = 1;
    for (let around = unit.parent; around !== undefined; around = around.parent, hops++) {
      const slot = around.slots.get(name);
      if (slot !== undefined) return { kind: "outer", hops, slot };
    }
    return undefined;
  }

  /** The global of that name, which `global name = ...` assigns even where a local of that name exists. */
  findGlobal(name: string): Variable | undefined {
    const slot = this.#globals.get(name);
    return slot === undefined ? undefined : { kind: "global", slot };
  }

  #addGlobal(name: string): void {
    if (!this.#globals.has(name)) this.#globals.set(name, this.#globals.size);
  }
}

function* assignedNames(
  body: readonly Statement[],
): Generator<{ name: string; scope: "global" | "local" | undefined }> {
  for (const statement of statementsIn(body))
    if (statement.kind === "assign" && statement.target.kind === "name")
      yield { name: statement.target.name, scope: statement.scope };
}
