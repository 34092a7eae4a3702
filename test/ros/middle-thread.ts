import { type MessagePort, workerData } from "node:worker_threads";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { threadLink } from "../../src/ros/peer/peer-link.ts";

/** The middle of a graph in a worker thread, between the parts at the other ends of its ports. */
const peers = new GraphPeers(new EmbeddedGraph({}, "thread"));
for (const port of workerData as MessagePort[]) peers.add(threadLink(port));
