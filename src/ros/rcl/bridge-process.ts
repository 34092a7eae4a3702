import { Socket } from "node:net";
import { EmbeddedGraph } from "../graph/embedded-graph.ts";
import { GraphPeers } from "../peer/graph-peers.ts";
import { socketLink } from "../peer/peer-link.ts";
import { joinGraphs } from "./join-graphs.ts";
import { loadRclnodejs } from "./load-rclnodejs.ts";
import type { BridgeLevel } from "./ros-bridge.ts";

/**
 * The process that holds rclnodejs, because it can end the process that it lives in. Its file descriptor 3 is a socket to
 * the graph that it joins with ROS 2; when that closes, or at SIGTERM, it leaves ROS 2 and ends.
 *
 * What it writes on standard output are sentences for the log, one a line, after their level.
 */
const say = (level: BridgeLevel, sentence: string): void =>
  void process.stdout.write(`${level} ${sentence.replaceAll("\n", " ")}\n`);
const warn = (sentence: string): void => say("warn", sentence);

const rcl = await loadRclnodejs(process.env);
await rcl.init();
const graph = new EmbeddedGraph(
  {
    onNodeError: (_, error) => say("error", (error as Error).message),
    onRemark: (_, sentence) => warn(sentence),
  },
  "ROS 2",
);
const peers = new GraphPeers(graph);
const leave = joinGraphs(rcl, graph, peers, warn);

let leaving = false;
function end(): void {
  if (leaving) return;
  leaving = true;
  leave();
  try {
    rcl.shutdown();
  } finally {
    process.exit(0);
  }
}
process.on("SIGTERM", end);
process.on("SIGINT", end); // a Ctrl-C in the terminal reaches the whole group; the launch ends this process in its turn
peers.add(socketLink(new Socket({ fd: 3 })), end);
say("info", "joined with ROS 2");
