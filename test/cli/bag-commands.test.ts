import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { BagReader } from "../../src/bag/bag-reader.ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { joinGraph, openDoor, openDoors } from "../../src/ros/peer/door.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { EVENT_QOS, LATCHED_QOS } from "../../src/ros/qos.ts";
import { schemaOf } from "../../src/ros/schemas.ts";

const CELLIST = resolve("src/cli/cellist.js");
const folder = mkdtempSync(join(tmpdir(), "cellist-bags-"));
beforeAll(() => void (process.env["CELLIST_RUN_DIR"] = folder));
afterAll(() => rmSync(folder, { recursive: true }));

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

/** Starts a command; its output and how it ended. */
function cellist(...args: string[]) {
  const child = spawn(process.execPath, [CELLIST, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => (output += text.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return { ended, interrupt: () => child.kill("SIGINT") };
}

async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + 60_000; ;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error("it never became so");
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

const STRING = "std_msgs/msg/String";
const START_NS = 1_700_000_000_000_000_000n;

/** "message 0", "message 1", ... every 20 ms for two seconds, and a fact at the beginning. */
async function madeBag(name: string): Promise<string> {
  const path = join(folder, name);
  const log = await openPerformanceLog(path);
  const encoder = new CdrEncoder(schemaOf(STRING));
  const channel = (topic: string, offeredQos = "") => ({
    topic,
    type: STRING,
    messageEncoding: "cdr",
    schemaEncoding: "ros2msg",
    schemaText: schemaOf(STRING).text,
    offeredQos,
  });
  log.appendStored(
    channel("/fact", "- durability: transient_local\n  depth: 1\n"),
    START_NS,
    encoder.encode({ data: "a fact" }),
  );
  for (let k = 0; k < 100; k++)
    log.appendStored(
      channel("/chat"),
      START_NS + BigInt(k) * 20_000_000n,
      encoder.encode({ data: `message ${k}` }),
    );
  await log.close();
  return path;
}

async function contentsOf(path: string) {
  const reader = await BagReader.open(path);
  const found: { readonly topic: string; readonly data: unknown }[] = [];
  for await (const { channel, message } of reader.decoded())
    found.push({ topic: channel.topic, data: message["data"] });
  await reader.close();
  return { found, remarks: reader.remarks };
}

const numbersOf = (found: readonly { readonly topic: string; readonly data: unknown }[], topic: string) =>
  found.filter((one) => one.topic === topic).map(({ data }) => Number(/\d+/.exec(data as string)![0]));

it("plays a bag on a graph of its own, in a loop, under another name; it is heard, recorded, paused, stepped and wound", async () => {
  const bag = await madeBag("played.mcap");
  const playing = cellist("bag", "play", bag, "--loop", "--clock", "50", "--remap", "/chat:=/talk");
  const [door] = await until(async () => (await openDoors()).length > 0 && (await openDoors()));
  const graph = new EmbeddedGraph({}, "test");
  const { peers } = await joinGraph(graph, door!.path);
  const node = new GraphNode(graph, { name: "listener" });
  const heard: string[] = [];
  const times: number[] = [];
  node.subscribeTo("/talk", STRING, EVENT_QOS, ({ data }) => heard.push(data));
  node.subscribeTo("/fact", STRING, LATCHED_QOS, ({ data }) => heard.push(data));
  node.subscribe("clock", ({ clock: { sec, nanosec } }) => times.push(sec + nanosec / 1e9));
  await until(() => heard.length > 20 && times.length > 10);
  expect(heard).toContain("a fact"); // said before anybody listened
  expect(times[0]! - 1_700_000_000).toBeGreaterThanOrEqual(0);
  expect(times[0]! - 1_700_000_000).toBeLessThanOrEqual(2);

  const copy = join(folder, "copy.mcap");
  const recording = cellist("bag", "record", copy, "--all", "--exclude", "/rosout", "--compression", "zstd");
  const listeners = () =>
    graph.snapshot().endpoints.filter(({ kind, name }) => kind === "subscription" && name === "/talk").length;
  await until(() => listeners() === 2);
  const before = heard.length;
  await until(() => heard.length > before + 60);
  recording.interrupt();
  const recorded = await recording.ended;
  expect(recorded.output).toMatch(
    /^recording \d topics into .*copy\.mcap; Ctrl-C ends it\n.*copy\.mcap: \d+ messages on \d topics\n$/,
  );
  expect(recorded.code).toBe(0);
  const { found, remarks } = await contentsOf(copy);
  expect(remarks).toEqual([]);
  const numbers = numbersOf(found, "/talk");
  expect(numbers.length).toBeGreaterThan(30);
  // Every message in its turn; after the last comes the first again.
  numbers.slice(1).forEach((k, i) => expect((numbers[i]! + 1) % 100).toBe(k));
  expect(found.some(({ topic, data }) => topic === "/fact" && data === "a fact")).toBe(true);

  await node.call("/player/pause", "rosbag2_interfaces/srv/Pause", {});
  expect(await node.call("/player/is_paused", "rosbag2_interfaces/srv/IsPaused", {})).toEqual({
    paused: true,
  });
  await node.call("/player/seek", "rosbag2_interfaces/srv/Seek", {
    time: { sec: 1_700_000_001, nanosec: 0 },
  });
  heard.length = 0;
  for (let k = 0; k < 3; k++)
    expect(await node.call("/player/play_next", "rosbag2_interfaces/srv/PlayNext", {})).toEqual({
      success: true,
    });
  await until(() => heard.length >= 3);
  expect(heard).toEqual(["message 50", "message 51", "message 52"]);
  expect(await node.call("/player/set_rate", "rosbag2_interfaces/srv/SetRate", { rate: 0 })).toEqual({
    success: false,
  });
  peers.close();
  playing.interrupt();
  expect((await playing.ended).code).toBe(0);
});

it("plays a span of a bag once into a graph that runs, and leaves it again", async () => {
  const bag = await madeBag("span.mcap");
  const graph = new EmbeddedGraph();
  const peers = new GraphPeers(graph);
  const { close } = await openDoor(peers, "stage");
  const heard: string[] = [];
  new GraphNode(graph, { name: "listener" }).subscribeTo("/chat", STRING, EVENT_QOS, ({ data }) =>
    heard.push(data),
  );
  const span = ["--start", "1", "--duration", "0.2", "--topics", "/chat", "--rate", "2"];
  const { code, output } = await cellist("bag", "play", bag, "--graph", "stage", ...span).ended;
  expect(code, output).toBe(0);
  await until(() => heard.length >= 11);
  expect(heard).toEqual(Array.from({ length: 11 }, (_, k) => `message ${50 + k}`));
  await until(() => graph.snapshot().nodes.length === 1);
  await close();
});
