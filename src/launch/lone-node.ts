import type { EmbeddedGraph } from "../ros/graph/embedded-graph.ts";
import { Workplace } from "../ros/node/workplace.ts";
import type { NodeSpec } from "./launch-file.ts";
import { hostNode, loadDefinition, type HostPlace, type LocalNode } from "./node-host.ts";

/** A node as a launch file has it that says nothing but its name, and `more`. */
export const loneSpec = (node: string, more: Partial<NodeSpec> = {}): NodeSpec => ({
  node,
  name: node,
  namespace: "",
  parameters: {},
  remap: {},
  on_exit: "shutdown",
  thread: false,
  machine: undefined,
  hang_s: 30,
  condition: undefined,
  shared: {},
  useSimTime: false,
  ...more,
});

/** Makes a node on a graph without a launch, unconfigured; nobody is told when it has finished. @throws CellistError as `hostNode` */
export const hostAlone = (
  graph: EmbeddedGraph,
  spec: NodeSpec,
  more: Pick<HostPlace, "logSink"> = {},
): Promise<LocalNode> =>
  hostNode(spec, { graph, place: new Workplace(), loadDefinition, onFinished: () => undefined, ...more });
