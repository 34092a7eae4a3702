import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { CellistError } from "../errors.ts";
import type { EmbeddedGraph } from "../ros/graph/embedded-graph.ts";
import { GraphNode, type LogSink } from "../ros/node/graph-node.ts";
import { Lifecycle, type LifecycleTransition } from "../ros/node/lifecycle.ts";
import type { NodeDefinition } from "../ros/node/node-definition.ts";
import type { Workplace } from "../ros/node/workplace.ts";
import type { HostedNode } from "./hosted-node.ts";
import type { NodeSpec } from "./launch-file.ts";

/** A node of this process. */
export interface LocalNode extends HostedNode {
  readonly node: GraphNode;
}

/** Where nodes are made. */
export interface HostPlace {
  readonly graph: EmbeddedGraph;
  readonly place: Workplace;
  readonly logSink?: LogSink;
  readonly loadDefinition: (name: string) => Promise<NodeDefinition>;
  readonly onFinished: (node: string, why: Error | undefined) => void;
}

/** How files of nodes are called. */
export const NODE_FILE = ".node.ts";

/** The definition of a node: by its name in `nodes/`, or by the path of its file. @throws CellistError `launch-invalid` */
export async function loadDefinition(nameOrPath: string): Promise<NodeDefinition> {
  const isFile = nameOrPath.endsWith(NODE_FILE);
  if (!isFile && !/^[a-z][a-z0-9_]*$/.test(nameOrPath)) throw unknownNode(nameOrPath);
  const url = isFile
    ? pathToFileURL(nameOrPath)
    : new URL(`../../nodes/${nameOrPath.replaceAll("_", "-")}${NODE_FILE}`, import.meta.url);
  try {
    return ((await import(url.href)) as { node: NodeDefinition }).node;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    if (missing && (cause as Error).message.includes(basename(url.pathname)))
      throw unknownNode(nameOrPath, cause);
    throw cause;
  }
}

const unknownNode = (name: string, cause?: unknown): CellistError =>
  new CellistError(
    "launch-invalid",
    name.endsWith(NODE_FILE) ? `there is no file ${name}` : `there is no node "${name}" in nodes/`,
    {},
    cause,
  );

/**
 * Makes a node, unconfigured.
 *
 * @throws CellistError `parameter-invalid`, `graph-name-taken`, by the node's name
 */
export async function hostNode(spec: NodeSpec, at: HostPlace): Promise<LocalNode> {
  const definition = await at.loadDefinition(spec.node);
  const shared = Object.entries(spec.shared).filter(([name]) => Object.hasOwn(definition.parameters, name));
  const node = new GraphNode(at.graph, {
    name: spec.name,
    namespace: spec.namespace,
    remap: spec.remap,
    parameters: definition.parameters,
    overrides: { ...Object.fromEntries(shared), ...spec.parameters },
    useSimTime: spec.useSimTime,
    declares: definition,
    ...(at.logSink && { logSink: at.logSink }),
  });
  try {
    return localNode(node, lifecycleOf(node, definition, at));
  } catch (error) {
    node.destroy();
    throw error;
  }
}

const localNode = (node: GraphNode, lifecycle: Lifecycle): LocalNode => ({
  name: node.name,
  node,
  get state() {
    return lifecycle.state;
  },
  moveOn: (transition) => moveOn(node.name, lifecycle, transition),
  finalize: () => lifecycle.finalize(),
  destroy: () => node.destroy(),
});

function lifecycleOf(
  node: GraphNode,
  definition: NodeDefinition,
  { place, onFinished }: HostPlace,
): Lifecycle {
  const hooks = definition.make({ node, place, finished: (why) => onFinished(node.name, why) });
  let endScope: (() => void) | undefined;
  const lifecycle = new Lifecycle(node, {
    ...hooks,
    async activate() {
      // What a node takes up while it is active ends when it no longer is.
      endScope = node.beginScope();
      await hooks.activate?.();
    },
    async deactivate() {
      await hooks.deactivate?.();
      endScope?.();
    },
    async shutdown() {
      if (lifecycle.state === "active") await hooks.deactivate?.();
      endScope?.();
      await hooks.shutdown?.();
    },
  });
  return lifecycle;
}

/** Moves a node on; an error tells its name. @throws CellistError */
async function moveOn(name: string, lifecycle: Lifecycle, transition: LifecycleTransition): Promise<void> {
  try {
    await lifecycle.change(transition);
  } catch (cause) {
    const { message } = cause as Error;
    if (cause instanceof CellistError)
      throw new CellistError("node-refused", `node ${name} refuses to ${transition}: ${message}`, {}, cause);
    throw new CellistError("node-crashed", `node ${name} crashed in ${transition}: ${message}`, {}, cause);
  }
}
