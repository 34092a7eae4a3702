import { EmbeddedGraph } from "../../ros/graph/embedded-graph.ts";
import { Workplace } from "../../ros/node/workplace.ts";
import { GraphPeers } from "../../ros/peer/graph-peers.ts";
import { hostNode, loadDefinition, type LocalNode } from "../node-host.ts";
import { partError } from "./part-error.ts";
import { graphLink, isOrder, type PartOrder, type PartWire } from "./wire.ts";

/** Runs nodes of a launch here, as the launch asks for over the wire. Says "ready" once it is part of the graph. */
export function servePart(place: string, wire: PartWire): void {
  const nodes = new Map<string, LocalNode>();
  const graph = new EmbeddedGraph(
    {
      onNodeError: (node, error) =>
        void wire.post({ said: "crashed", node, message: String((error as Error).message) }),
      onRemark: (node, text) => void wire.post({ said: "log", node, level: "warn", text }),
    },
    place,
  );
  const at = {
    graph,
    place: new Workplace(),
    loadDefinition,
    logSink: (node: string, level: "debug" | "info" | "warn" | "error" | "fatal", text: string) =>
      void wire.post({ said: "log", node, level, text }),
    onFinished: (node: string, why: Error | undefined) =>
      void wire.post({ said: "finished", node, ...(why && { error: partError(why) }) }),
  };
  const obey = async (order: PartOrder): Promise<LocalNode | undefined> => {
    if (order.do === "ping") return undefined;
    if (order.do === "host") {
      const node = await hostNode(order.spec, at);
      nodes.set(node.name, node);
      return node;
    }
    const node = nodes.get(order.node);
    if (order.do === "move") await node?.moveOn(order.transition);
    else {
      node?.finalize();
      node?.destroy();
      nodes.delete(order.node);
    }
    return node;
  };
  wire.onMessage((message) => {
    if (!isOrder(message)) return;
    const { order } = message;
    const stateNow = () => ("node" in message ? nodes.get(message.node)?.state : undefined) ?? "unconfigured";
    obey(message).then(
      (node) =>
        wire.post({ said: "done", order, node: node?.name ?? "", state: node?.state ?? "unconfigured" }),
      (error: unknown) => wire.post({ said: "failed", order, state: stateNow(), error: partError(error) }),
    );
  });
  const peers = new GraphPeers(graph);
  const stop = peers.onChange(() => {
    stop();
    wire.post({ said: "ready" });
  });
  peers.add(graphLink(wire));
}
