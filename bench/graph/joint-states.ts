import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import type { JointState } from "../../src/ros/messages.ts";
import { openDoor } from "../../src/ros/peer/door.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { threadLink } from "../../src/ros/peer/peer-link.ts";
import { STREAM_QOS } from "../../src/ros/qos.ts";
import { jointState, TOPIC, TYPE } from "./joint-state.ts";

/**
 * Messages a second and latency of the embedded graph for JointState (six joints), against a plain function call: in one
 * process, to a worker thread, to another process through the door, each at 500 Hz and 2 kHz and as fast as it goes.
 *
 *     npx tsx bench/graph/joint-states.ts [seconds]
 *
 * A message bears the time at which it was handed over, so that a late timer is not counted as latency; what is late is made
 * up for at once. Whoever hears it takes the time (CLOCK_MONOTONIC, one clock for all processes) before anything else. rclnodejs 2.2.0 between two
 * processes, for comparison (../shared/facts/ros2.md, 6): p50 0.44 ms, p99 1.1 to 4.3 ms at 500 Hz; 2.0 to 2.4 k/s at most.
 */
const seconds = Number(process.argv[2] ?? 5);
const RATES_HZ = [500, 2000] as const;
const BURST = 20_000;

interface Way {
  readonly name: string;
  readonly send: (message: JointState) => void;
  /** Latencies heard since the last call [µs], once no more come. */
  readonly heard: () => Promise<readonly number[]>;
  readonly close: () => Promise<void>;
}

const stampUs = (): number => Number(process.hrtime.bigint() / 1000n);
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** A function that is called, and nothing else. */
function plainCall(): Way {
  const latencies: number[] = [];
  const listener = ({ effort }: JointState): void => void latencies.push(stampUs() - effort[0]!);
  const heard = () => Promise.resolve(latencies.splice(0));
  return {
    name: "plain function call",
    send: listener,
    heard,
    close: () => Promise.resolve(),
  };
}

function inProcess(): Way {
  const graph = new EmbeddedGraph();
  const latencies: number[] = [];
  graph.subscribe("/b", TOPIC, TYPE, STREAM_QOS, (message) => {
    latencies.push(stampUs() - (message as JointState).effort[0]!);
  });
  const publisher = graph.advertise("/a", TOPIC, TYPE, STREAM_QOS);
  return {
    name: "graph, one process",
    send: (message) => publisher.publish(message),
    heard: () => Promise.resolve(latencies.splice(0)),
    close: () => Promise.resolve(),
  };
}

/** A listener elsewhere, that tells what it heard when asked. */
async function elsewhere(
  name: string,
  start: (graph: EmbeddedGraph, peers: GraphPeers) => Promise<Worker>,
): Promise<Way> {
  const graph = new EmbeddedGraph();
  const peers = new GraphPeers(graph);
  const worker = await start(graph, peers);
  const publisher = graph.advertise("/a", TOPIC, TYPE, STREAM_QOS);
  while (publisher.subscriptionCount() === 0) await sleep(5);
  const ask = (): Promise<number[]> =>
    new Promise((resolve) => {
      worker.once("message", resolve);
      worker.postMessage("heard");
    });
  return {
    name,
    send: (message) => publisher.publish(message),
    heard: async () => {
      await sleep(500);
      return ask();
    },
    close: async () => {
      peers.close();
      await worker.terminate();
    },
  };
}

const listener = (workerData: object, transferList: MessagePort[] = []): Worker => {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json")).href;
  const api = new URL("dist/esm/api/index.mjs", tsx).href;
  const code = `import("${api}").then(({ register }) => (register(), import("${new URL("listener.ts", import.meta.url).href}")))`;
  return new Worker(code, { eval: true, execArgv: [], workerData, transferList });
};

const toThread = () =>
  elsewhere("graph, worker thread", (_, peers) => {
    const { port1, port2 } = new MessageChannel();
    peers.add(threadLink(port1));
    return Promise.resolve(listener({ port: port2 }, [port2]));
  });

/** Through a socket, as between processes; the listener is a thread only so that it can be asked. */
const throughDoor = () =>
  elsewhere("graph, through a door (socket)", async (_, peers) => {
    const { door } = await openDoor(peers, "bench");
    return listener({ path: door.path });
  });

async function measure(way: Way): Promise<void> {
  await way.heard();
  for (const rateHz of RATES_HZ) {
    const count = rateHz * seconds;
    const startUs = stampUs();
    for (let i = 0; i < count; i++) {
      const dueUs = startUs + (i * 1e6) / rateHz;
      const waitUs = dueUs - stampUs();
      if (waitUs > 0) await sleep(waitUs / 1000);
      way.send(jointState(stampUs()));
    }
    const latencies = [...(await way.heard())].sort((a, b) => a - b);
    const [p50, p90, p99, max] = [0.5, 0.9, 0.99, 1].map((share) => quantile(latencies, share));
    console.log(
      `${way.name.padEnd(32)} ${String(rateHz).padStart(5)} Hz  p50 ${p50} p90 ${p90} p99 ${p99} max ${max} µs, ${count - latencies.length} lost`,
    );
  }
  const before = stampUs();
  for (let i = 0; i < BURST; i++) {
    way.send(jointState(stampUs()));
    if (i % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
  }
  const usedS = (stampUs() - before) / 1e6;
  const arrived = (await way.heard()).length;
  console.log(
    `${way.name.padEnd(32)} burst     ${Math.round(BURST / usedS / 1000)} k sent a second, ${BURST - arrived} of ${BURST} not heard`,
  );
}

const folder = mkdtempSync(join(tmpdir(), "cellist-bench-"));
process.env["CELLIST_RUN_DIR"] = folder;
for (const make of [plainCall, inProcess, toThread, throughDoor]) {
  const way = await make();
  await measure(way);
  await way.close();
}
rmSync(folder, { recursive: true });
process.exit(0);
