import type { Parameter } from "../ros/interfaces/generated/rcl_interfaces.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { valueFrom } from "../ros/node/parameter-services.ts";
import { setParameter } from "../ros/node/set-parameter.ts";

/** A parameter as Foxglove names it: "/node.parameter". */
export interface NamedParameter {
  readonly name: string;
  readonly value: unknown;
  /** Whole numbers of a real parameter are marked, since JSON does not tell them apart. */
  readonly type?: "float64" | "float64_array";
}

const PATIENCE_S = 5;
const LIST = "/list_parameters";
const [DOUBLE, DOUBLE_ARRAY] = [3, 8];

/** Parameters of the nodes of a graph, by their services. @param wanted names; empty: all */
export async function getParameters(node: GraphNode, wanted: readonly string[]): Promise<NamedParameter[]> {
  const found: NamedParameter[] = [];
  for (const of of nodesWithParameters(node)) {
    const { result } = await node.call(
      `${of}${LIST}`,
      "rcl_interfaces/srv/ListParameters",
      { prefixes: [], depth: 0n },
      PATIENCE_S,
    );
    const names = result.names.filter((name) => wanted.length === 0 || wanted.includes(`${of}.${name}`));
    if (names.length === 0) continue;
    const { values } = await node.call(
      `${of}/get_parameters`,
      "rcl_interfaces/srv/GetParameters",
      { names },
      PATIENCE_S,
    );
    found.push(...names.map((name, i) => namedParameter(of, { name, value: values[i]! })));
  }
  return found;
}

/** Sets one. @returns why not; undefined = done */
export async function setNamedParameter(
  node: GraphNode,
  full: string,
  value: unknown,
): Promise<string | undefined> {
  const at = full.lastIndexOf(".");
  const of = full.slice(0, at);
  if (at < 0 || !nodesWithParameters(node).includes(of)) return `there is no parameter ${full}`;
  return setParameter(node, of, full.slice(at + 1), value);
}

/** A parameter of a node, as Foxglove has it. */
export function namedParameter(of: string, { name, value }: Parameter): NamedParameter {
  const type = value.type === DOUBLE ? "float64" : value.type === DOUBLE_ARRAY ? "float64_array" : undefined;
  return { name: `${of}.${name}`, value: valueFrom(value), ...(type && { type }) };
}

const nodesWithParameters = ({ graph }: GraphNode): string[] =>
  graph
    .snapshot()
    .endpoints.filter(({ kind, name }) => kind === "server" && name.endsWith(LIST))
    .map(({ name }) => name.slice(0, -LIST.length));
