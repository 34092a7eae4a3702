import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { joinGraph, openDoor, openDoors } from "../../src/ros/peer/door.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { threadLink } from "../../src/ros/peer/peer-link.ts";
import { EVENT_QOS, LATCHED_QOS } from "../../src/ros/qos.ts";
import { graphCases } from "../cases/graph.cases.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-door-"));
beforeAll(() => void (process.env["CELLIST_RUN_DIR"] = folder));
afterAll(() => rmSync(folder, { recursive: true }));

describe("in one place", () =>
  graphCases(() => {
    const graph = new EmbeddedGraph();
    return Promise.resolve({ here: graph, there: graph, close: () => Promise.resolve() });
  }));

describe("through a door", () => graphCases(() => twoPlaces(0)));
describe("through two doors, the middle between them", () => graphCases(() => twoPlaces(1)));

describe("through a worker thread between them", () => graphCases(twoPlacesAroundThread));

/** Two graphs of this thread that meet in another. */
async function twoPlacesAroundThread() {
  const [here, there] = [new EmbeddedGraph({}, "here"), new EmbeddedGraph({}, "there")];
  const ports = [here, there].map((graph) => {
    const { port1, port2 } = new MessageChannel();
    new GraphPeers(graph).add(threadLink(port1));
    return port2;
  });
  const worker = new Worker(new URL("middle-thread.js", import.meta.url), {
    execArgv: [],
    workerData: ports,
    transferList: ports,
  });
  await new Promise((resolve) => worker.once("online", resolve));
  return { here, there, close: async () => void (await worker.terminate()) };
}

let doors = 0;
/** @param between 0: one joins the other; 1: both join a third */
async function twoPlaces(between: 0 | 1) {
  const middle = new EmbeddedGraph({}, "middle");
  const peers = new GraphPeers(middle);
  const { door, close } = await openDoor(peers, `test-${++doors}`);
  const join = async (place: string): Promise<EmbeddedGraph> => {
    const graph = new EmbeddedGraph({}, place);
    await joinGraph(graph, door.path);
    return graph;
  };
  const here = between === 0 ? middle : await join("here");
  return { here, there: await join("there"), close };
}

it("lists the graphs that run, and clears doors that nobody stands behind", async () => {
  const peers = new GraphPeers(new EmbeddedGraph());
  const { door, close } = await openDoor(peers, "my launch");
  expect(door.name).toBe(`${process.pid}-my_launch`);
  expect((await openDoors()).map(({ name }) => name)).toEqual([door.name]);
  await close();
  expect(await openDoors()).toEqual([]);
  await expect(joinGraph(new EmbeddedGraph(), door.path)).rejects.toThrow(/no graph answers at/);
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(door.path, resolve));
  await expect(joinGraph(new EmbeddedGraph(), door.path, 0.05)).rejects.toThrow(
    `the graph at ${door.path} has said nothing for 0.05 s: process ${process.pid} hangs or is stopped; end it`,
  );
  silent.close();
});

it("tells who asked a service when the one that answers goes away", async () => {
  const { here, there, close } = await twoPlaces(0);
  new GraphNode(there, { name: "b" }).serve(
    "slow",
    "std_srvs/srv/Trigger",
    () => new Promise(() => undefined),
  );
  const a = new GraphNode(here, { name: "a" });
  while (!a.graph.snapshot().endpoints.some((e) => e.name === "/slow"))
    await new Promise((r) => setTimeout(r, 2));
  const asked = a.call("slow", "std_srvs/srv/Trigger", {});
  asked.catch(() => undefined); // awaited below
  await new Promise((resolve) => setTimeout(resolve, 20));
  await close();
  await expect(asked).rejects.toThrow("has gone");
  expect(a.graph.snapshot().nodes.map(({ name }) => name)).toEqual(["/a"]);
});

it("says how many messages of a reliable topic did not get through to a part that is too slow, and nothing of best effort", async () => {
  const said: string[] = [];
  const here = new EmbeddedGraph({ onRemark: (node, sentence) => said.push(`${node}: ${sentence}`) });
  const { door, close } = await openDoor(new GraphPeers(here), "slow");
  const there = new EmbeddedGraph({}, "there");
  await joinGraph(there, door.path);
  const [talker, listener] = [
    new GraphNode(here, { name: "talker" }),
    new GraphNode(there, { name: "listener" }),
  ];
  const depth = 10;
  const unsure = { ...EVENT_QOS, reliability: "best_effort" as const };
  const ways = { sure: EVENT_QOS, unsure, brief: { ...EVENT_QOS, depth: 3 } };
  const heard = { sure: 0, unsure: 0, brief: 0 };
  const publishers = Object.entries(ways).map(([topic, qos]) => {
    listener.subscribeTo(topic, "std_msgs/msg/String", qos, () => heard[topic as keyof typeof ways]++);
    return talker.publisherOf(topic, "std_msgs/msg/String", { ...qos, depth });
  });
  while (publishers.some((one) => one.subscriptionCount() === 0)) await new Promise((r) => setTimeout(r, 2));
  const data = "x".repeat(10_000);
  for (let i = 0; i < 500; i++) publishers.forEach((one) => one.publish({ data }));
  while (said.length === 0) await new Promise((r) => setTimeout(r, 5));
  const lost = 500 - heard.sure;
  expect(lost).toBeGreaterThan(0);
  expect(heard.unsure).toBeLessThan(500);
  // its listener wants only three kept of the ten; the way may have been full one message sooner
  expect([7, 8]).toContain(heard.sure - heard.brief);
  const slower = "did not reach there: it is slower than they come, and no more than";
  const remarks = [
    `/talker: ${lost} messages on /sure ${slower} 10 wait`,
    `/talker: ${500 - heard.brief} messages on /brief ${slower} 3 wait`,
  ];
  expect(new Set(said)).toEqual(new Set(remarks));
  await close();
});

it("keeps its own topics in a namespace, under other names where it is told so, and the log of all in one place", () => {
  const graph = new EmbeddedGraph();
  const node = new GraphNode(graph, { name: "n", namespace: "left", remap: { score: "music" } });
  node.publisher("score");
  node.publisher("bow_plan");
  node.publisherOf("~/own", "std_msgs/msg/String", EVENT_QOS);
  const names = graph.snapshot().endpoints.map(({ name }) => name);
  expect(names.sort()).toEqual(["/left/bow_plan", "/left/music", "/left/n/own", "/rosout"]);
  expect(() => new GraphNode(graph, { name: "1st" })).toThrow(/"\/1st" is no name/);
});

it("refuses a node what it does not declare", () => {
  const node = new GraphNode(new EmbeddedGraph(), { name: "n", declares: { publishes: ["score"] } });
  node.publisher("score");
  expect(() => node.publisher("bow_plan")).toThrow("/n does not declare that it publishes bow_plan");
  expect(() => node.subscribe("score", () => undefined)).toThrow(
    "/n does not declare that it subscribes score",
  );
});

it("goes by /clock where it is told to: time, timers, and a jump back", () => {
  const graph = new EmbeddedGraph();
  const talker = new GraphNode(graph, { name: "sim" }).publisher("clock");
  const node = new GraphNode(graph, { name: "n", useSimTime: true });
  const rings: bigint[] = [];
  node.timer(0.1, () => rings.push(node.clock.nowNs()));
  const tick = (nanosec: number) => talker.publish({ clock: { sec: 0, nanosec } });
  [50, 99, 100, 150, 450, 460].forEach((ms) => tick(ms * 1_000_000));
  expect(rings).toEqual([100_000_000n, 450_000_000n]); // missed periods are one ring
  tick(0);
  expect(node.clock.nowNs()).toBe(0n);
  [99, 100].forEach((ms) => tick(ms * 1_000_000));
  expect(rings).toEqual([100_000_000n, 450_000_000n, 100_000_000n]);
});

it("tells once when a topic falls silent for longer than its deadline", () => {
  const graph = new EmbeddedGraph();
  const clock = new GraphNode(graph, { name: "sim" }).publisher("clock");
  const node = new GraphNode(graph, { name: "n", useSimTime: true });
  const talker = node.publisherOf("pulse", "std_msgs/msg/String", { ...EVENT_QOS, deadlineS: 0.1 });
  const complaints: string[] = [];
  node.subscribe("rosout", ({ msg }) => complaints.push(msg));
  let missed = 0;
  node.subscribeTo("pulse", "std_msgs/msg/String", EVENT_QOS, () => undefined, {
    deadlineS: 0.1,
    onDeadlineMissed: () => missed++,
  });
  const pass = (ms: number, speak: boolean) => {
    if (speak) talker.publish({ data: "" });
    clock.publish({ clock: { sec: 0, nanosec: ms * 1_000_000 } });
  };
  [100, 200, 300].forEach((ms) => pass(ms, true));
  expect(missed).toBe(0);
  [400, 500, 600].forEach((ms) => pass(ms, false));
  expect(missed).toBe(1);
  pass(700, true);
  [800, 900].forEach((ms) => pass(ms, false));
  expect(missed).toBe(2);
  // Who promised says so, too, ...
  const said = "said nothing on /pulse for 0.1 s, though it promised to";
  expect(complaints).toEqual([said, said]);
  // ... and who waits without anything else to do about it.
  complaints.length = 0;
  node.subscribeTo("pulse", "std_msgs/msg/String", { ...EVENT_QOS, deadlineS: 0.2 }, () => undefined);
  [920, 940, 960, 980].forEach((ms) => pass(ms, true));
  [0, 300, 600].forEach((ms) => pass(ms, false)); // the clock has jumped back
  expect(complaints).toContain("heard nothing on /pulse for 0.2 s");
});

it("writes what a node says to /rosout with its level and name, and to the run's log", () => {
  const graph = new EmbeddedGraph();
  const lines: string[] = [];
  const logSink = (node: string, level: string, text: string): void =>
    void lines.push(`${node} ${level} ${text}`);
  const node = new GraphNode(graph, { name: "n", namespace: "left", logSink });
  const heard: unknown[] = [];
  new GraphNode(graph, { name: "listener" }).subscribe(
    "rosout",
    ({ level, name, msg }) => heard.push([level, name, msg]),
    {
      qos: { ...LATCHED_QOS, depth: 10 },
    },
  );
  node.log("warn", "the bow is old");
  expect(heard).toEqual([[30, "left.n", "the bow is old"]]);
  expect(lines).toEqual(["/left/n warn the bow is old"]);
});
