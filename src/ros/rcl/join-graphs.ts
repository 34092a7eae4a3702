import type { EmbeddedGraph } from "../graph/embedded-graph.ts";
import type { GraphPeers } from "../peer/graph-peers.ts";
import { attempt, type BridgeSides } from "./bridge-sides.ts";
import { JoinedActions } from "./joined-actions.ts";
import { JoinedServices } from "./joined-services.ts";
import { JoinedTopics } from "./joined-topics.ts";
import { Kept } from "./kept.ts";
import type { RclLibrary, RclNode } from "./rclnodejs-port.ts";
import { readRosGraph } from "./read-ros-graph.ts";

/** How often ROS 2 is looked at; it tells nobody by itself what came and went [ms]. */
const LOOK_MS = 250;

/**
 * Makes one graph of two: every node of ours gets a node of its name on ROS 2, and what is on ROS 2 is shown here.
 *
 * @param warn says what could not be joined or went wrong
 * @returns ends it
 */
export function joinGraphs(
  rcl: RclLibrary,
  graph: EmbeddedGraph,
  peers: GraphPeers,
  warn: (sentence: string) => void,
): () => void {
  // Parameters and log come from our own nodes, as services and topics like any other.
  const options = new rcl.NodeOptions(false, [], false, false, false);
  const makeNode = (full: string): RclNode => {
    const at = full.lastIndexOf("/");
    const node = new rcl.Node(full.slice(at + 1), full.slice(0, at) || "/", undefined, options);
    node.spin();
    return node;
  };
  const name = `/_cellist_bridge_${process.pid}`;
  const watcher = makeNode(name);
  const nodes = new Map<string, RclNode>();
  const sides: BridgeSides = {
    rcl,
    graph,
    watcher,
    name,
    nodeOf: (full) => nodes.get(full) ?? watcher,
    complain: once(warn),
    warn,
  };
  const ours = new Kept((full: string) => {
    const node = attempt(sides, `${full} has no node on ROS 2`, () => makeNode(full));
    if (!node) return () => undefined;
    nodes.set(full, node);
    return () => {
      nodes.delete(full);
      attempt(sides, full, () => node.destroy());
    };
  });
  const theirs = new Kept((full: string) => {
    attempt(sides, `${full} on ROS 2`, () => graph.addNode(full));
    return () => graph.removeNode(full);
  });
  const parts = [new JoinedTopics(sides), new JoinedServices(sides), new JoinedActions(sides)];

  const look = (): void => {
    const here = peers.snapshot();
    const named = here.nodes.map((node) => node.name);
    ours.keep(new Map([...nodes.keys(), ...named].map((full) => [full, full]))); // new ones first, ...
    const ros = attempt(sides, "ROS 2 does not tell what is on it", () =>
      readRosGraph(watcher, new Set([...nodes.keys(), name])),
    );
    if (!ros) return;
    const foreign = ros.nodes.map((node) => node.name).filter((full) => !named.includes(full));
    theirs.keep(new Map(foreign.map((full) => [full, full])));
    for (const part of parts) part.keep({ ours: here, ros });
    ours.keep(new Map(named.map((full) => [full, full]))); // ... old ones last, when what they had is gone
  };
  let soon: NodeJS.Immediate | undefined;
  const stop = peers.onChange(() => (soon ??= setImmediate(() => ((soon = undefined), look()))));
  const timer = setInterval(look, LOOK_MS);
  return () => {
    stop();
    clearInterval(timer);
    clearImmediate(soon);
  };
}

/** Says every sentence once. */
function once(say: (sentence: string) => void): (sentence: string) => void {
  const said = new Set<string>();
  return (sentence) => {
    if (said.has(sentence)) return;
    said.add(sentence);
    say(sentence);
  };
}
