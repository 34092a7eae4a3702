import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import type { JointState } from "../../src/ros/messages.ts";
import { joinGraph } from "../../src/ros/peer/door.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { threadLink } from "../../src/ros/peer/peer-link.ts";
import { STREAM_QOS } from "../../src/ros/qos.ts";
import { TOPIC, TYPE } from "./joint-state.ts";

/** Hears joint states at the other end of a port or a door, and tells their latencies [µs] when it is asked. */
const { port, path } = workerData as { readonly port?: MessagePort; readonly path?: string };
const graph = new EmbeddedGraph({}, "listener");
if (port) new GraphPeers(graph).add(threadLink(port));
else await joinGraph(graph, path!);
const latencies: number[] = [];
graph.subscribe("/b", TOPIC, TYPE, STREAM_QOS, (message) => {
  latencies.push(Number(process.hrtime.bigint() / 1000n) - (message as JointState).effort[0]!);
});
parentPort!.on("message", () => parentPort!.postMessage(latencies.splice(0)));
