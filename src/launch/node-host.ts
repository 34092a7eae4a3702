import { CellistError } from "../errors.ts";
import type { EmbeddedGraph } from "../ros/graph/embedded-graph.ts";
import { GraphNode, type LogSink } from "../ros/node/graph-node.ts";
import { Lifecycle, type LifecycleTransition } from "../ros/node/lifecycle.ts";
import type { NodeDefinition } from "../ros/node/node-definition.ts";
import type { Workplace } from "../ros/node/workplace.ts";
import type { NodeSpec } from "./launch-file.ts";

/** A node of this process that lives. */
export interface HostedNode {
  readonly name: string;
  readonly node: GraphNode;
  readonly lifecycle: Lifecycle;
  destroy(): void;
}

/** Where nodes are made. */
export interface HostPlace {
  readonly graph: EmbeddedGraph;
  readonly place: Workplace;
  readonly logSink?: LogSink;
  readonly loadDefinition: (name: string) => Promise<NodeDefinition>;
  readonly onFinished: (node: string, why: Error | undefined) => void;
}

/** The definition of a node by its name, from `nodes/`. @throws CellistError `launch-invalid` */
export async function loadDefinition(name: string): Promise<NodeDefinition> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw unknownNode(name);
  try {
    const url = new URL(`../../nodes/${name.replaceAll("_", "-")}.node.ts`, import.meta.url);
    return ((await import(url.href)) as { node: NodeDefinition }).node;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") throw unknownNode(name, cause);
    throw cause;
  }
}

const unknownNode = (name: string, cause?: unknown): CellistError =>
  new CellistError("launch-invalid", `there is no node "${name}" in nodes/`, {}, cause);

/**
 * Makes a node, unconfigured.
 *
 * @throws CellistError `parameter-invalid`, `graph-name-taken`, by the node's name
 */
export async function hostNode(spec: NodeSpec, at: HostPlace): Promise<HostedNode> {
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
    return { name: node.name, node, ...lifeOf(node, definition, at) };
  } catch (error) {
    node.destroy();
    throw error;
  }
}

function lifeOf(node: GraphNode, definition: NodeDefinition, { place, onFinished }: HostPlace) {
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
  return { lifecycle, destroy: () => node.destroy() };
}

/** Moves a node on; an error tells its name. @throws CellistError */
export async function moveOn(hosted: HostedNode, transition: LifecycleTransition): Promise<void> {
  try {
    await hosted.lifecycle.change(transition);
  } catch (cause) {
    const { message } = cause as Error;
    if (cause instanceof CellistError)
      throw new CellistError(
        "node-refused",
        `node ${hosted.name} refuses to ${transition}: ${message}`,
        {},
        cause,
      );
    throw new CellistError(
      "node-crashed",
      `node ${hosted.name} crashed in ${transition}: ${message}`,
      {},
      cause,
    );
  }
}
