import type { FunctionDefinition, Statement } from "../syntax/ast.ts";
import type { Signal } from "../code/signal.ts";
import type { Code } from "../code/code.ts";

/**
 * One function of a program while it is compiled: its place among the others, its variables, its code.
 * The text outside all functions is one too (`definition` undefined).
 */
export class FunctionUnit {
  readonly definition: FunctionDefinition | undefined;
  readonly parent: FunctionUnit | undefined;
  /** Functions defined inside, anywhere in the body: a definition holds for the whole function around it. */
  readonly children = new Map<string, FunctionUnit>();
  /** Slot of each parameter and local variable; parameters come first. */
  readonly slots = new Map<string, number>();
  /** Free variables of this function are global: it is the program. */
  readonly isProgram: boolean;
  /** `local x` seen so far in the order of the text: from there on `x` no longer means a global. */
  readonly madeLocal = new Set<string>();
  /** Number of functions around this one. */
  readonly level: number;
  /** It may reach a call that takes physical time. */
  mayBlock = false;
  /** Set when compiled; calls reach it when they run. */
  code: Code<Signal> | undefined;

  constructor(
    definition: FunctionDefinition | undefined,
    parent: FunctionUnit | undefined,
    isProgram: boolean,
  ) {
    this.definition = definition;
    this.parent = parent;
    this.isProgram = isProgram;
    this.level = parent === undefined ? 0 : parent.level + 1;
    for (const { name } of definition?.parameters ?? []) this.addLocal(name);
  }

  get name(): string {
    return this.definition?.name ?? "";
  }

  /** What the function does, its nested definitions apart. */
  bodyOf(statements: readonly Statement[]): readonly Statement[] {
    return this.definition?.body ?? statements;
  }

  isParameter(name: string): boolean {
    return this.definition?.parameters.some((parameter) => parameter.name === name) ?? false;
  }

  addLocal(name: string): void {
    if (!this.slots.has(name)) this.slots.set(name, this.slots.size);
  }

  /** The function that a call of `name` in this one means: the nearest, going outwards. */
  findFunction(name: string): FunctionUnit | undefined {
    return this.children.get(name) ?? this.parent?.findFunction(name);
  }
}
