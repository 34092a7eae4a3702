import type { PerformanceLog } from "../bag/performance-log.ts";
import type { EmbeddedGraph } from "../ros/graph/embedded-graph.ts";
import type { Endpoint } from "../ros/graph/endpoint.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { schemaOf } from "../ros/schemas.ts";

/** How often a recorder looks for topics that came later [s]. */
const LOOK_S = 0.2;

export interface GraphRecording {
  stop(): void;
  count(): number;
  topics(): readonly string[];
}

/** Writes every wanted topic of a graph into a log, by the time it is heard; also topics that come later. */
export function recordGraph(
  graph: EmbeddedGraph,
  node: GraphNode,
  log: PerformanceLog,
  wanted: (topic: string) => boolean,
): GraphRecording {
  const heard = new Set<string>();
  const stops: (() => void)[] = [];
  let count = 0;
  const hear = ({ name, type, qos }: Endpoint): void => {
    heard.add(name);
    const { reliability, durability, depth } = qos!;
    const channel = {
      topic: name,
      type,
      messageEncoding: "cdr",
      schemaEncoding: "ros2msg",
      schemaText: schemaOf(type).text,
      offeredQos: offered(durability, depth),
    };
    stops.push(
      graph.subscribe(node.name, name, type, { reliability, durability, depth }, (_message, { cdr }) => {
        log.appendStored(channel, node.clock.nowNs(), cdr);
        count++;
      }),
    );
  };
  const look = (): void => {
    for (const endpoint of graph.snapshot().endpoints) {
      const { kind, name, node: of } = endpoint;
      if (kind !== "publisher" || of === node.name || heard.has(name) || name.includes("/_action/")) continue;
      if (wanted(name)) hear(endpoint);
    }
  };
  look();
  stops.push(node.timer(LOOK_S, look));
  return {
    stop: () => stops.splice(0).forEach((stop) => stop()),
    count: () => count,
    topics: () => [...heard],
  };
}

/** In rosbag2's words, as far as a player needs them. */
const offered = (durability: string, depth: number): string =>
  durability === "transient_local" ? `- durability: transient_local\n  depth: ${depth}\n` : "";
