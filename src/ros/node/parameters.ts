import { CellistError } from "../../errors.ts";

/** A value of a parameter. Integers are numbers here and int64 in messages. */
export type ParameterValue =
  boolean | number | string | readonly boolean[] | readonly number[] | readonly string[];

interface Spec<Type extends string, Value> {
  readonly type: Type;
  readonly default: Value;
  /** What it decides, with its unit; for people. */
  readonly what: string;
  /** Fixed once the node has started. */
  readonly readOnly?: true;
}
interface Range {
  readonly min?: number;
  readonly max?: number;
}
export type ParameterSpec =
  | Spec<"bool", boolean>
  | (Spec<"integer", number> & Range)
  | (Spec<"double", number> & Range)
  | (Spec<"string", string> & { readonly choices?: readonly string[] })
  | Spec<"bool_array", readonly boolean[]>
  | Spec<"string_array", readonly string[]>
  | (Spec<"integer_array", readonly number[]> & Range)
  | (Spec<"double_array", readonly number[]> & Range);

/** Declared parameters of a node. */
export type ParameterTable = Readonly<Record<string, ParameterSpec>>;
/** Their values. */
export type ValuesOf<P extends ParameterTable> = {
  readonly [K in keyof P]: P[K]["default"] extends infer D ? (D extends boolean ? boolean : D) : never;
};

/** Says no to a change before it happens: the reason, or undefined. */
export type ParameterCheck = (name: string, value: ParameterValue) => string | undefined;

/**
 * The parameters of one node: declared with type, range and meaning; nothing undeclared, nothing out of range.
 */
export class Parameters<P extends ParameterTable = ParameterTable> {
  readonly specs: P;
  readonly #node: string;
  readonly #values = new Map<string, ParameterValue>();
  readonly #checks: ParameterCheck[] = [];
  readonly #listeners: ((names: readonly string[]) => void)[] = [];

  /** @throws CellistError `parameter-invalid`: an override that nobody declared, or whose value does not fit */
  constructor(node: string, specs: P, overrides: Readonly<Record<string, unknown>> = {}) {
    this.#node = node;
    this.specs = specs;
    for (const [name, spec] of Object.entries(specs)) this.#values.set(name, spec.default);
    for (const [name, value] of Object.entries(overrides)) {
      const why = this.#complaint(name, value);
      if (why !== undefined) throw this.#refusal(why);
      this.#values.set(name, value as ParameterValue);
    }
  }

  get<K extends keyof P & string>(name: K): ValuesOf<P>[K] {
    return this.#values.get(name) as ValuesOf<P>[K];
  }

  /** All values by name. */
  all(): ValuesOf<P> {
    return Object.fromEntries(this.#values) as ValuesOf<P>;
  }

  /** Changes one or several together, or none. @throws CellistError `parameter-invalid` */
  set(changes: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(changes)) {
      const why =
        this.#complaint(name, value) ??
        (this.specs[name]!.readOnly ? `${name} is fixed once the node has started` : undefined) ??
        this.#checks.map((check) => check(name, value as ParameterValue)).find((said) => said !== undefined);
      if (why !== undefined) throw this.#refusal(why);
    }
    for (const [name, value] of Object.entries(changes)) this.#values.set(name, value as ParameterValue);
    for (const listener of this.#listeners) listener(Object.keys(changes));
  }

  /** Asks before every change from now on. */
  addCheck(check: ParameterCheck): void {
    this.#checks.push(check);
  }

  /** Tells after every change from now on. */
  onChange(listener: (names: readonly string[]) => void): void {
    this.#listeners.push(listener);
  }

  #complaint(name: string, value: unknown): string | undefined {
    const spec = Object.hasOwn(this.specs, name) ? this.specs[name] : undefined;
    if (!spec) return `there is no parameter ${name}; it has ${Object.keys(this.specs).join(", ") || "none"}`;
    const wrong = misfit(spec, value);
    return wrong === undefined ? undefined : `${name} is ${JSON.stringify(value)}: ${wrong}`;
  }

  #refusal(why: string): CellistError {
    return new CellistError("parameter-invalid", `${this.#node} refuses its parameters: ${why}`, {
      node: this.#node,
    });
  }
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isListOf = <T>(value: unknown, test: (item: unknown) => item is T): value is readonly T[] =>
  Array.isArray(value) && value.every(test);

function misfit(spec: ParameterSpec, value: unknown): string | undefined {
  switch (spec.type) {
    case "bool":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "integer":
      return isWhole(value) ? outside(spec, value) : "must be a whole number";
    case "double":
      return isNumber(value) ? outside(spec, value) : "must be a number";
    case "string":
      if (typeof value !== "string") return "must be text";
      return spec.choices === undefined || spec.choices.includes(value)
        ? undefined
        : `must be one of ${spec.choices.join(", ")}`;
    case "string_array":
      return isListOf(value, (v) => typeof v === "string") ? undefined : "must be a list of texts";
    case "bool_array":
      return isListOf(value, (v) => typeof v === "boolean") ? undefined : "must be a list of true and false";
    case "integer_array":
      return isListOf(value, isWhole) ? anyOutside(spec, value) : "must be a list of whole numbers";
    case "double_array":
      return isListOf(value, isNumber) ? anyOutside(spec, value) : "must be a list of numbers";
  }
}

const anyOutside = (range: Range, values: readonly number[]): string | undefined =>
  values.map((value) => outside(range, value)).find((said) => said !== undefined);

function outside({ min = -Infinity, max = Infinity }: Range, value: number): string | undefined {
  if (value >= min && value <= max) return undefined;
  if (max === Infinity) return `must be at least ${min}`;
  return min === -Infinity ? `must be at most ${max}` : `must be ${min} to ${max}`;
}
