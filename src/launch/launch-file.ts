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
]);
export type LaunchValue = z.infer<typeof Value>;
const Values = z.record(z.string(), Value);

const NodeEntry = z.strictObject({
  node: z.string(),
  name: z.string().optional(),
  namespace: z.string().default(""),
  parameters: Values.default({}),
  remap: z.record(z.string(), z.string()).default({}),
  /** "$(argument)", "$(argument) is value" or "$(argument) is not value" */
  if: z.string().optional(),
  /** How often a crashed node is started again, and after how long [s]. */
  respawn: z
    .strictObject({ most: z.int().min(1).default(3), delay_s: z.number().min(0).default(1) })
    .optional(),
  /** What its end means for the others, when it is not started again. */
  on_exit: z.enum(["shutdown", "ignore"]).default("shutdown"),
  /** Runs in a thread of its own. */
  thread: z.boolean().default(false),
  /** Runs in another process of this name. */
  machine: z.string().optional(),
  /** A node elsewhere that does not answer for so long hangs [s]. */
  hang_s: z.number().positive().default(30),
});
const File = z.strictObject({
  description: z.string(),
  arguments: z.record(z.string(), z.strictObject({ default: Value, what: z.string() })).default({}),
  /** For every node that declares them. */
  parameters: Values.default({}),
  nodes: z.array(NodeEntry).min(1),
});

/** One node of a launch, everything filled in. */
export type NodeSpec = Omit<z.infer<typeof NodeEntry>, "if" | "name"> & {
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
  readonly default: LaunchValue;
  readonly what: string;
}

/** The arguments of a launch file. @throws CellistError `launch-invalid` */
export const launchArguments = (text: string, where: string): readonly LaunchArgument[] =>
  Object.entries(readFile(text, where).arguments).map(([name, { default: value, what }]) => ({
    name,
    default: value,
    what,
  }));

/**
 * Reads a launch file: which nodes, with which parameters, under which conditions.
 *
 * @param given values of its arguments
 * @throws CellistError `launch-invalid`: not a launch file, an argument nobody knows, a value of the wrong type
 */
export function readLaunch(
  text: string,
  where: string,
  given: Readonly<Record<string, LaunchValue>> = {},
): LaunchPlan {
  const file = readFile(text, where);
  const values: Record<string, LaunchValue> = {};
  for (const [name, { default: value }] of Object.entries(file.arguments)) values[name] = value;
  for (const [name, value] of Object.entries(given)) values[name] = fitting(name, value, values, where);
  const fill = (value: LaunchValue): LaunchValue => filled(value, values, where);
  const fillAll = (record: Readonly<Record<string, LaunchValue>>) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, fill(value)]));
  const { use_sim_time: useSimTime = false, ...shared } = fillAll(file.parameters);
  const nodes = file.nodes
    .filter((entry) => entry.if === undefined || holds(entry.if, values, where))
    .map(({ if: condition, ...entry }) => ({
      ...entry,
      condition,
      name: entry.name ?? entry.node,
      namespace: String(fill(entry.namespace)),
      ...(entry.machine !== undefined && { machine: String(fill(entry.machine)) }),
      parameters: fillAll(entry.parameters),
      shared,
      useSimTime: useSimTime === true,
    }));
  return { name: where, description: file.description, arguments: values, nodes };
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
