import type { GraphNode, NodeInterface } from "./graph-node.ts";
import type { LifecycleHooks } from "./lifecycle.ts";
import type { ParameterTable } from "./parameters.ts";
import type { Workplace } from "./workplace.ts";

/** What a node is given when it is made. */
export interface NodeContext<P extends ParameterTable> {
  readonly node: GraphNode<P>;
  readonly place: Workplace;
  /** Says that the work this launch is for has been done, or why it cannot be. */
  readonly finished: (why?: Error) => void;
}

/** A running role: what it does, what it has on the graph, and how it lives. */
export interface NodeDefinition<P extends ParameterTable = ParameterTable> extends NodeInterface {
  readonly name: string;
  /** One sentence: what it is for. */
  readonly does: string;
  readonly parameters: P;
  /** Called once; what happens at each transition is in the hooks. */
  make(context: NodeContext<P>): LifecycleHooks;
}

/** A node definition with its parameters' types known inside `make`. */
export const defineNode = <const P extends ParameterTable>(
  definition: NodeDefinition<P>,
): NodeDefinition<P> => definition;
