import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import type { JointState } from "../../src/ros/messages.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { RosBridge } from "../../src/ros/rcl/ros-bridge.ts";
import { STREAM_QOS } from "../../src/ros/qos.ts";
import { jointState, TOPIC, TYPE } from "./joint-state.ts";

/**
 * Latency of JointState from one graph over ROS 2 into another: graph, bridge, DDS, bridge, graph; three processes.
 *
 *     npx tsx bench/graph/over-ros.ts [seconds]        in a shell in which `cellist doctor` finds ROS 2 usable
 */
const seconds = Number(process.argv[2] ?? 5);
const bridged = (place: string) => {
  const graph = new EmbeddedGraph({}, place);
  const bridge = new RosBridge(new GraphPeers(graph), {
    env: process.env,
    say: (_, text) => console.log(`${place}: ${text}`),
  });
  return { graph, bridge };
};
const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);

const [one, two] = [bridged("one"), bridged("two")];
const latencies: number[] = [];
one.graph.addNode("/speaker");
two.graph.addNode("/listener");
two.graph.subscribe("/listener", TOPIC, TYPE, STREAM_QOS, (message) => {
  latencies.push(nowUs() - (message as JointState).effort[0]!);
});
const publisher = one.graph.advertise("/speaker", TOPIC, TYPE, STREAM_QOS);
while (publisher.subscriptionCount() === 0) await sleep(20);
await sleep(500);
for (const rateHz of [500, 2000]) {
  const startUs = nowUs();
  for (let i = 0; i < rateHz * seconds; i++) {
    const waitUs = startUs + (i * 1e6) / rateHz - nowUs();
    if (waitUs > 0) await sleep(waitUs / 1000);
    publisher.publish(jointState(nowUs()));
  }
  await sleep(1000);
  const sorted = latencies.splice(0).sort((a, b) => a - b);
  const [p50, p90, p99, max] = [0.5, 0.9, 0.99, 1].map(
    (q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))],
  );
  console.log(
    `over ROS 2 ${rateHz} Hz: p50 ${p50} p90 ${p90} p99 ${p99} max ${max} µs, ${rateHz * seconds - sorted.length} of ${rateHz * seconds} lost`,
  );
}
await Promise.all([one.bridge.close(), two.bridge.close()]);
process.exit(0);
