import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { CellistError } from "../errors.ts";
import { nearestName } from "../planning/nearest-name.ts";

const Value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()).readonly(),
  z.array(z.number()).readonly(),
  z.array(z.boolean()).readonly(),
]);
export type LaunchValue = z.infer<typeof Value>;
const Values = z.record(z.string(), Value);

const NodeEntry = z.strictObject({
  /** Its name in `nodes/`, or the path of a `.node.ts` file, beside the launch file. */
  node: z.string(),
  name: z.string().optional(),
  namespace: z.string().default(""),
  parameters: Values.default({}),
  remap: z.record(z.string(), z.string()).default({}),
  /** "$(argument)", "$(argument) is value" or "$(argument) is not value" */
  if: z.string().optional(),
  /** How often a node that crashed or hung is started again, and after how long [s]. */
  respawn: z
    .strictObject({ most: z.int().min(1).default(3), delay_s: z.number().min(0).default(1) })
    .optional(),
  /** What its end means for the others, when it is not started again. */
  on_exit: z.enum(["shutdown", "ignore"]).default("shutdown"),
  /** Runs in a thread of its own: true, false, or under a condition as of `if`. */
  thread: z.union([z.boolean(), z.string()]).default(false),
  /** Runs in another process, with all others of this name. */
  machine: z
    .string()
    .regex(/^(\$\(\w+\)|[A-Za-z0-9_.-]+)$/, "letters, digits, _ . - only, or one $(argument)")
    .optional(),
  /** It hangs when a change of its state takes longer, or when its thread or process does not answer for so long [s]. */
  hang_s: z.number().positive().default(30),
});
const Included = z.strictObject({
  /** A shipped launch file, or a path beside this one. */
  launch: z.string(),
  arguments: Values.default({}),
});
const File = z
  .strictObject({
    description: z.string(),
    /** Without a default it is text and must be given. */
    arguments: z
      .record(z.string(), z.strictObject({ default: Value.optional(), what: z.string() }))
      .default({}),
    /** For every node of this file that declares them. */
    parameters: Values.default({}),
    /** Their nodes come before the own ones. */
    include: z.array(Included).default([]),
    nodes: z.array(NodeEntry).default([]),
  })
  .refine(({ include, nodes }) => include.length + nodes.length > 0, "it starts no node");

/** One node of a launch, everything filled in. */
export type NodeSpec = Omit<z.infer<typeof NodeEntry>, "if" | "name" | "thread"> & {
  /** Runs in a thread of its own. */
  readonly thread: boolean;
  /** The condition that held. */
  readonly condition: string | undefined;
  readonly name: string;
  /** For this node if it declares them; `parameters` must be declared. */
  readonly shared: Readonly<Record<string, LaunchValue>>;
  readonly useSimTime: boolean;
};

/** A launch file with its arguments filled in. */
export interface LaunchPlan {
  readonly name: string;
  readonly description: string;
  readonly arguments: Readonly<Record<string, LaunchValue>>;
  readonly nodes: readonly NodeSpec[];
}

/** What a launch file can be asked for. */
export interface LaunchArgument {
  readonly name: string;
  /** undefined: it must be given. */
  readonly default: LaunchValue | undefined;
  readonly what: string;
}

/** The arguments of a launch file. @throws CellistError `launch-invalid` */
export const launchArguments = (text: string, where: string): readonly LaunchArgument[] =>
  Object.entries(readFile(text, where).arguments).map(([name, { default: value, what }]) => ({
    name,
    default: value,
    what,
  }));

/** What a launch file is for. @throws CellistError `launch-invalid` */
export const launchDescription = (text: string, where: string): string => readFile(text, where).description;

/** Text of a launch file that another one includes. */
export type LoadLaunch = (nameOrPath: string) => string;

/** Files that include each other deeper than this go round in a circle. */
const DEEPEST = 8;

/**
 * Reads a launch file: which nodes, with which parameters, under which conditions.
 *
 * @param where its name or path; other files are looked for beside it
 * @param given values of its arguments
 * @param load what it includes
 * @throws CellistError `launch-invalid`: not a launch file, an argument nobody knows, a value of the wrong type
 */
export function readLaunch(
  text: string,
  where: string,
  given: Readonly<Record<string, LaunchValue>> = {},
  load: LoadLaunch = refuseInclude(where),
  depth = 0,
): LaunchPlan {
  if (depth > DEEPEST) throw invalid(where, "it includes itself");
  const file = readFile(text, where);
  const values = valuesOf(file, given, where);
  const fill = (value: LaunchValue): LaunchValue => filled(value, values, where);
  const fillAll = (record: Readonly<Record<string, LaunchValue>>) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, fill(value)]));
  const { use_sim_time: useSimTime = false, ...shared } = fillAll(file.parameters);
  const included = file.include.flatMap(({ launch, arguments: its }) => {
    const path = beside(where, String(fill(launch)));
    return readLaunch(load(path), path, fillAll(its), load, depth + 1).nodes;
  });
  const own = file.nodes
    .filter((entry) => entry.if === undefined || holds(entry.if, values, where))
    .map(({ if: condition, ...entry }): NodeSpec => {
      const thread = typeof entry.thread === "string" ? holds(entry.thread, values, where) : entry.thread;
      if (thread && entry.machine !== undefined)
        throw invalid(
          where,
          `${entry.node} cannot have a thread of its own on a machine: choose one of them`,
        );
      return {
        ...entry,
        thread,
        condition,
        node: entry.node.endsWith(".node.ts") ? resolve(beside(where, entry.node)) : entry.node,
        name: entry.name ?? basename(entry.node, ".node.ts").replaceAll("-", "_"),
        namespace: String(fill(entry.namespace)),
        ...machineOf(entry.machine === undefined ? "" : String(fill(entry.machine))),
        parameters: fillAll(entry.parameters),
        shared,
        useSimTime: useSimTime === true,
      };
    });
  return { name: where, description: file.description, arguments: values, nodes: [...included, ...own] };
}

/** An empty name, as an argument may have it, means this process. */
const machineOf = (machine: string): { readonly machine: string | undefined } => ({
  machine: machine === "" ? undefined : machine,
});

const refuseInclude =
  (where: string): LoadLaunch =>
  (path) => {
    throw invalid(where, `it includes ${path}, which cannot be reached here`);
  };

/** A path as a file beside another one means it; a bare word is a shipped file's name. */
const beside = (where: string, path: string): string =>
  isAbsolute(path) || !/[./\\]/.test(path) ? path : join(dirname(where), path);

function valuesOf(
  file: z.infer<typeof File>,
  given: Readonly<Record<string, LaunchValue>>,
  where: string,
): Readonly<Record<string, LaunchValue>> {
  const known = Object.fromEntries(
    Object.entries(file.arguments).map(([name, { default: value }]) => [name, value ?? ""]),
  );
  const values: Record<string, LaunchValue> = { ...known };
  for (const [name, value] of Object.entries(given)) values[name] = fitting(name, value, known, where);
  for (const [name, { default: value, what }] of Object.entries(file.arguments))
    if (value === undefined && values[name] === "") throw invalid(where, `it needs ${name}:=..., ${what}`);
  return values;
}

function readFile(text: string, where: string): z.infer<typeof File> {
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw invalid(where, `not YAML: ${String((cause as Error).message).split("\n")[0]}`);
  }
  const read = File.safeParse(content);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw invalid(where, `${issue.path.join(".") || "the whole"}: ${issue.message}`);
}

const invalid = (where: string, why: string): CellistError =>
  new CellistError("launch-invalid", `${where}: ${why}`);

function fitting(
  name: string,
  value: LaunchValue,
  known: Readonly<Record<string, LaunchValue>>,
  where: string,
): LaunchValue {
  const example = known[name];
  if (example === undefined) {
    const near = nearestName(name, Object.keys(known));
    const names = Object.keys(known).join(", ") || "none";
    throw invalid(
      where,
      `there is no argument ${name}; ${near ? `did you mean ${near}?` : `it has ${names}`}`,
    );
  }
  // "key:=5" may be meant as text, and a single text as a list of one.
  if (typeof example === "string" && typeof value !== "object") return String(value);
  if (Array.isArray(example) && !Array.isArray(value)) return value === "" ? [] : [String(value)];
  if (typeof example !== typeof value)
    throw invalid(
      where,
      `${name} is ${JSON.stringify(value)}; a value like ${JSON.stringify(example)} is needed`,
    );
  return value;
}

const ARGUMENT = /\$\((\w+)\)/g;

/** A value with its `$(argument)`s filled in; one that is nothing else keeps the argument's own type. */
function filled(
  value: LaunchValue,
  values: Readonly<Record<string, LaunchValue>>,
  where: string,
): LaunchValue {
  const of = (name: string): LaunchValue => {
    const found = values[name];
    if (found === undefined) throw invalid(where, `there is no argument ${name} for $(${name})`);
    return found;
  };
  if (typeof value === "object")
    return (value as readonly LaunchValue[]).map((item) => filled(item, values, where)) as LaunchValue;
  if (typeof value !== "string") return value;
  const whole = /^\$\((\w+)\)$/.exec(value);
  if (whole) return of(whole[1]!);
  return value.replaceAll(ARGUMENT, (_, name: string) => String(of(name)));
}

function holds(condition: string, values: Readonly<Record<string, LaunchValue>>, where: string): boolean {
  const match = /^(\$\(\w+\))(?:\s+is\s+(not\s+)?(\S+))?$/.exec(condition.trim());
  if (!match) throw invalid(where, `"${condition}" is no condition: write $(x), $(x) is y or $(x) is not y`);
  const value = filled(match[1]!, values, where);
  if (match[3] === undefined) return value === true;
  return (String(value) === match[3]) === (match[2] === undefined);
}
