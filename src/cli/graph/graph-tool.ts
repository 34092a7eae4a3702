import type { Command } from "commander";
import { stringify } from "yaml";
import { CellistError } from "../../errors.ts";
import { nearestName } from "../../planning/nearest-name.ts";
import { EmbeddedGraph } from "../../ros/graph/embedded-graph.ts";
import type { Endpoint } from "../../ros/graph/endpoint.ts";
import { plainFromMessage } from "../../ros/graph/message-from-plain.ts";
import { GraphNode } from "../../ros/node/graph-node.ts";
import { joinGraph, openDoors, type Door } from "../../ros/peer/door.ts";

export interface GraphOptions {
  readonly graph?: string;
}

/** A node of this command on a running graph. */
export interface GraphTool {
  readonly node: GraphNode;
  readonly graph: EmbeddedGraph;
  /** Resolves when the graph has ended. */
  readonly gone: Promise<void>;
}

export const addGraphOption = (command: Command): Command =>
  command.option("--graph <name>", "which running graph, where there are several (cellist graph list)");

/** The running graph that is meant. @throws CellistError `graph-unreachable` */
export async function doorOf({ graph: wanted }: GraphOptions): Promise<Door> {
  const doors = await openDoors();
  const fitting =
    wanted === undefined
      ? doors
      : doors.filter(
          ({ name }) => name === wanted || name.startsWith(`${wanted}-`) || name.endsWith(`-${wanted}`),
        );
  const names = doors.map(({ name }) => name).join(", ");
  if (fitting.length === 0)
    throw new CellistError(
      "graph-unreachable",
      doors.length === 0
        ? "no graph runs here: start one with cellist perform or cellist launch"
        : `no running graph is called ${wanted}; there are ${names}`,
    );
  if (fitting.length > 1)
    throw new CellistError("usage", `several graphs run here: choose with --graph one of ${names}`);
  return fitting[0]!;
}

/** Joins the running graph, works, and leaves. @throws CellistError `graph-unreachable` */
export async function onGraph<T>(options: GraphOptions, work: (tool: GraphTool) => Promise<T>): Promise<T> {
  const { path } = await doorOf(options);
  const graph = new EmbeddedGraph({}, `tool ${process.pid}`);
  const { peers, gone } = await joinGraph(graph, path);
  const node = new GraphNode(graph, { name: `cellist_tool_${process.pid}` });
  try {
    return await work({ node, graph, gone });
  } finally {
    node.destroy();
    peers.close();
  }
}

/** How the service is called by which goals of an action are sent, after the action's name. */
export const SEND_GOAL = "/_action/send_goal";

/** Endpoints of a kind that a name has; of an action, the service that takes its goals. @throws CellistError with the nearest name there is */
export function endpointsOf(
  { graph }: GraphTool,
  kinds: readonly Endpoint["kind"][],
  name: string,
): readonly [Endpoint, ...Endpoint[]] {
  const all = graph.snapshot().endpoints.filter(({ kind }) => kinds.includes(kind));
  const full = name.startsWith("/") ? name : `/${name}`;
  const [first, ...others] = all.filter((endpoint) => endpoint.name === full);
  if (first) return [first, ...others];
  const isAction = full.endsWith(SEND_GOAL);
  const what = isAction ? "action" : kinds.includes("server") ? "service" : "topic";
  const alike = all.map((endpoint) => endpoint.name).filter((one) => one.endsWith(SEND_GOAL) === isAction);
  const near = nearestName(full, [...new Set(alike)]);
  const sentence = `there is no ${what} ${full}${near ? `; did you mean ${near}?` : ""}`;
  throw new CellistError("graph-unreachable", sentence.replaceAll(SEND_GOAL, ""));
}

/** A message for people to read. */
export const printable = (message: unknown): string =>
  stringify(plainFromMessage(message), { flowCollectionPadding: false, lineWidth: 0 });
