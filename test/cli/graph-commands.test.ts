import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { main } from "../../src/cli/main.ts";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { Lifecycle } from "../../src/ros/node/lifecycle.ts";
import { openDoor } from "../../src/ros/peer/door.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { EVENT_QOS, LATCHED_QOS } from "../../src/ros/qos.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-commands-"));
const parameters = {
  bows: { type: "integer", default: 2, min: 1, max: 4, what: "bows in the case" },
} as const;
let close: () => Promise<void>;
let said: string;
const wishes: string[] = [];
const timers: NodeJS.Timeout[] = [];

beforeAll(async () => {
  process.env["CELLIST_RUN_DIR"] = folder;
  const graph = new EmbeddedGraph();
  const peers = new GraphPeers(graph);
  const node = new GraphNode(graph, { name: "player", parameters });
  new Lifecycle(node, {});
  node.publisherOf("/fact", "std_msgs/msg/String", LATCHED_QOS).publish({ data: "Bach" });
  node.subscribeTo("/wish", "std_msgs/msg/String", LATCHED_QOS, ({ data }) => wishes.push(data));
  node.publisherOf("/silence", "std_msgs/msg/Bool", EVENT_QOS);
  const pulse = node.publisherOf("/pulse", "std_msgs/msg/Bool", EVENT_QOS);
  timers.push(setInterval(() => pulse.publish({ data: true }), 20));
  node.serve("~/swap", "std_srvs/srv/SetBool", ({ data }) => ({
    success: data,
    message: data ? "swapped" : "kept",
  }));
  const result = { knots: 1, states: 2, least_ahead_s: 0, longest_gap_s: 0, code: "", message: "played" };
  node.serveAction("perform", "cellist_msgs/action/Perform", {
    execute: ({ goal, feedback }) => {
      feedback({ path_time_s: 1, total_s: 2, phase: "playing" });
      return Promise.resolve({ end: goal.confirm === "no" ? "aborted" : "succeeded", result });
    },
    failed: () => result,
  });
  ({ close } = await openDoor(peers, "concert"));
});
afterAll(async () => {
  timers.forEach(clearInterval);
  await close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  said = "";
  const note = (text: unknown): true => {
    said += String(text);
    return true;
  };
  vi.spyOn(console, "log").mockImplementation((text: unknown) => void note(`${String(text)}\n`));
  vi.spyOn(console, "error").mockImplementation((text: unknown) => void note(`${String(text)}\n`));
  vi.spyOn(process.stdout, "write").mockImplementation(note);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs one command line. @returns what it printed, and how it ended */
async function cellist(...words: string[]): Promise<{ readonly said: string; readonly code: unknown }> {
  process.exitCode = undefined;
  await main(["node", "cellist", ...words]);
  return { said, code: process.exitCode };
}

it("lists topics and tells who publishes them and how", async () => {
  expect((await cellist("topic", "list")).said).toMatch(/^\/fact +std_msgs\/msg\/String$/m);
  expect((await cellist("topic", "info", "/fact")).said).toMatch(
    /type: std_msgs\/msg\/String\npublisher +\/player +reliable, transient local, depth 1/,
  );
});

it("echoes what was said last, and measures a rate", async () => {
  expect((await cellist("topic", "echo", "/fact", "--count", "1")).said).toBe("data: Bach\n---\n");
  said = "";
  const [, hz] = /^([\d.]+) Hz over/.exec((await cellist("topic", "hz", "/pulse", "--seconds", "1")).said)!;
  expect(Number(hz)).toBeGreaterThan(1); // 50 on a machine that is not busy
});

it("says that a topic is silent instead of waiting for ever, and counts a single message as one", async () => {
  const { said: sentence, code } = await cellist("topic", "hz", "/silence", "--seconds", "1");
  expect(sentence).toMatch(/nothing was said on \/silence within 1 s/);
  expect(code).toBe(1);
  said = "";
  expect((await cellist("topic", "hz", "/fact", "--seconds", "1")).said).toBe("1 message within 1 s\n");
});

it("publishes so that those who listen to a fact hear it", async () => {
  expect((await cellist("topic", "pub", "/wish", "{data: more bow}")).said).toBe(
    "published to 1 subscriptions\n",
  );
  expect(wishes).toEqual(["more bow"]);
});

it("names the action that was meant, and fails", async () => {
  const { said: sentence, code } = await cellist("action", "send-goal", "/performs");
  expect(sentence).toMatch(/there is no action \/performs; did you mean \/perform\?/);
  expect(code).toBe(1);
});

it("names the topic that was meant, and fails", async () => {
  const { said: sentence, code } = await cellist("topic", "echo", "/facts");
  expect(sentence).toMatch(/there is no topic \/facts; did you mean \/fact\?/);
  expect(code).toBe(1);
});

it("lists nodes and what one has, its actions as actions", async () => {
  expect((await cellist("node", "list")).said).toMatch(/^\/player +main$/m);
  const info = (await cellist("node", "info", "/player")).said;
  expect(info).toMatch(/^action +\/perform +cellist_msgs\/action\/Perform$/m);
  expect(info).toMatch(/^server +\/player\/swap +std_srvs\/srv\/SetBool$/m);
});

it("gets and sets parameters, and repeats why a value is refused", async () => {
  expect((await cellist("param", "get", "/player", "bows")).said).toBe("2\n");
  said = "";
  expect((await cellist("param", "set", "/player", "bows", "3")).said).toBe("done\n");
  const { said: sentence, code } = await cellist("param", "set", "/player", "bows", "9");
  expect(sentence).toMatch(/\/player refuses its parameters: bows is 9: must be 1 to 4/);
  expect(code).toBe(1);
});

it("calls a service with what is written as YAML, and refuses a field that it does not have", async () => {
  expect((await cellist("service", "call", "/player/swap", "{data: true}")).said).toBe(
    "success: true\nmessage: swapped\n",
  );
  const { said: sentence, code } = await cellist("service", "call", "/player/swap", "{date: true}");
  expect(sentence).toMatch(/has no field date; it has data/);
  expect(code).toBe(1);
});

it("has an action carried out with feedback, and fails where it did not succeed", async () => {
  const done = await cellist("action", "send-goal", "/perform", "{confirm: yes}", "--feedback");
  expect(done.said).toMatch(/phase: playing\n---\nsucceeded\n/);
  expect(done.code).toBeUndefined();
  expect((await cellist("action", "send-goal", "/perform", "{confirm: 'no'}")).code).toBe(1);
});

it("tells the state of a node's life, and fails where another is expected", async () => {
  expect((await cellist("lifecycle", "get", "/player", "--expect", "unconfigured")).code).toBeUndefined();
  const { said: sentence, code } = await cellist("lifecycle", "get", "/player", "--expect", "active");
  expect(sentence).toMatch(/\/player is unconfigured, not active/);
  expect(code).toBe(1);
});
