import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { NodeSpec } from "../../src/launch/launch-file.ts";
import { onMachine, withoutMachines } from "../../src/launch/machines.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { openDoors } from "../../src/ros/peer/door.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-parts-"));
beforeAll(() => void (process.env["CELLIST_RUN_DIR"] = folder));
afterAll(() => rmSync(folder, { recursive: true }));

const OBEDIENT = new URL("nodes/obedient.node.ts", import.meta.url).pathname;
const node = (name: string, more: Partial<NodeSpec> = {}): NodeSpec => ({
  node: OBEDIENT,
  name,
  namespace: "",
  parameters: {},
  remap: {},
  on_exit: "shutdown",
  thread: false,
  hang_s: 60,
  condition: undefined,
  shared: {},
  useSimTime: false,
  ...more,
});
/** Where a node can run beside the launch's own thread. */
const PLACES = [
  { what: "a thread", where: { thread: true }, called: (name: string) => `thread of /${name}` },
  { what: "another process", where: { machine: "studio" }, called: () => "machine studio" },
] as const;

let running: RunningLaunch | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

interface Life {
  readonly pid: number;
  readonly thread: number;
  /** Numbers of the notes that it listened to. */
  readonly heard: readonly number[];
}

/** A launch, a voice that gives orders, and what was heard of each node. */
async function launched(nodes: readonly NodeSpec[]) {
  const log: string[] = [];
  const plan = { name: "test", description: "", arguments: {}, nodes };
  const lives = new Map<string, Life[]>();
  running = await RunningLaunch.start(
    plan,
    { logSink: (of, level, text) => void log.push(`${level} ${of} ${text}`) },
    (made) => {
      new GraphNode(made.graph, { name: "listener" }).subscribe("settings", ({ json, sha256 }) =>
        lives.set(sha256, [...(lives.get(sha256) ?? []), JSON.parse(json) as Life]),
      );
    },
  );
  const voice = new GraphNode(running.graph, { name: "voice" });
  const orders = voice.publisher("note_events");
  const tell = (event: string, who = "", noteIndex = 0): void =>
    orders.publish({
      header: { stamp: { sec: 0, nanosec: 0 }, frame_id: "" },
      note_index: noteIndex,
      midi: 57,
      string_name: who,
      direction: "down",
      event,
      score_time_s: 0,
    });
  return { running, log, lives, tell, listeners: () => orders.subscriptionCount() };
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !isSo();) {
    if (Date.now() > end) throw new Error("it never became so");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe.each(PLACES)("a node in $what", ({ where, called }) => {
  it("is part of the graph: hears and is heard, is moved by its lifecycle, and ends in order", async () => {
    const { lives, tell, log, running } = await launched([node("here"), node("there", where)]);
    await until(() => lives.has("/there"));
    const [here, there] = [lives.get("/here")![0]!, lives.get("/there")![0]!];
    expect(here).toEqual({ pid: process.pid, thread: expect.any(Number) as number, heard: [] });
    if ("machine" in where) expect(there.pid).not.toBe(process.pid);
    else
      expect(there).toMatchObject({
        pid: process.pid,
        thread: expect.toSatisfy((id) => id !== here.thread) as number,
      });
    tell("where", "/there");
    await until(() => lives.get("/there")!.length === 2);
    const { nodes } = running.graph.snapshot();
    expect(nodes.find(({ name }) => name === "/there")!.place).toBe(called("there"));
    const state = await running.graph.call("/there/get_state", "lifecycle_msgs/srv/GetState", {});
    expect(state).toEqual({ current_state: { id: 3, label: "active" } });
    await running.stop();
    expect(log.filter((line) => line.endsWith("rests"))).toEqual(["info /there rests", "info /here rests"]);
  });

  it("that refuses its parameters or a change is named, and nothing runs on", async () => {
    await expect(
      launched([node("here"), node("there", { ...where, parameters: { bows: 9 } })]),
    ).rejects.toThrow("/there refuses its parameters: bows is 9: must be 1 to 4");
    await expect(
      launched([node("there", { ...where, parameters: { at_configure: "refuse" } })]),
    ).rejects.toMatchObject({
      code: "node-refused",
      message: "node /there refuses to configure: no robot answers",
      cause: { code: "robot-unreachable", message: "no robot answers" },
    });
  });

  it("that crashes is named, and ends the launch", async () => {
    const { running, tell, listeners, log } = await launched([node("here"), node("there", where)]);
    await until(() => listeners() === 2);
    tell("crash", "/there");
    await expect(running.ended).rejects.toThrow("node /there crashed: the bow broke");
    expect(log).toContain("fatal /there node /there crashed: the bow broke");
  });

  it("that fails outside every callback takes its part along, and comes back where the file says so", async () => {
    const { running, tell, lives, log } = await launched([
      node("here"),
      node("there", { ...where, respawn: { most: 1, delay_s: 0.01 } }),
    ]);
    await until(() => lives.has("/there"));
    tell("fall", "/there");
    await until(() => lives.get("/there")!.length === 2);
    expect(lives.get("/here")).toHaveLength(1);
    expect(log.find((line) => line.startsWith("fatal /there"))).toMatch(
      new RegExp(`^fatal /there node /there: ${called("there")} (ended|crashed): fell off the chair$`),
    );
    await until(() => log.includes("info /there started again (1 of 1)"));
    tell("fall", "/there");
    await expect(running.ended).rejects.toThrow("fell off the chair");
  });

  it("that hangs is named, and handled as the file says; one that has nothing to say does not hang", async () => {
    const { running, tell, lives, log } = await launched([
      node("here"),
      node("there", { ...where, hang_s: 3, respawn: { most: 1, delay_s: 0.01 } }),
    ]);
    await until(() => lives.has("/there"));
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(log).toEqual([]);
    tell("spin", "/there");
    await until(() => lives.get("/there")!.length === 2);
    expect(log).toContain(`fatal /there node /there: ${called("there")} hangs: it has not answered for 3 s`);
    tell("where", "/here");
    await until(() => lives.get("/here")!.length === 2); // the others never stood still
    await until(() => log.includes("info /there started again (1 of 1)"));
    tell("spin", "/there");
    await expect(running.ended).rejects.toThrow(`node /there: ${called("there")} hangs`);
  });

  it("says why the work of the launch cannot be done", async () => {
    const { running, tell, lives } = await launched([node("there", where)]);
    await until(() => lives.has("/there"));
    tell("fail");
    await expect(running.ended).rejects.toMatchObject({ code: "unplayable", message: "too high" });
  });
});

it("keeps no more for a thread that stands still than was promised: the newest, and tells how many are lost", async () => {
  const { tell, lives, log } = await launched([node("there", { thread: true })]);
  await until(() => lives.has("/there"));
  tell("stand", "/there");
  // Nobody waits for it: a hundred times as many as are kept are told while it stands.
  for (let k = 0; k < 10_000; k++) {
    tell("listen", "/there", k);
    if (k % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  writeFileSync(join(folder, "go"), "");
  tell("where", "/there");
  await until(() => lives.get("/there")!.length === 2);
  const { heard } = lives.get("/there")!.at(-1)!;
  // No more than 100 are on their way to it, and of the publisher's the last 100 are kept (one of them is "where").
  const early = heard.length - 99;
  expect(early).toBeLessThanOrEqual(100);
  expect(heard).toEqual([...Array(early).keys(), ...Array.from({ length: 99 }, (_, i) => 9901 + i)]);
  const lost = `${10_000 - heard.length} messages on /note_events did not reach thread of /there: it is slower than they come, and no more than 100 wait`;
  await until(() => log.includes(`warn /voice ${lost}`));
});

it("names the node that does not end a change of its state, wherever it is", async () => {
  for (const where of [{}, { thread: true }]) {
    const hangs = node("stuck", { ...where, parameters: { at_configure: "wait" }, hang_s: 0.3 });
    await expect(launched([node("here"), hangs])).rejects.toMatchObject({
      code: "node-hangs",
      message: "node /stuck hangs: it has not ended its configure within 0.3 s",
    });
  }
});

it("leaves a node out that may be missing, and tries one again that may come back", async () => {
  const { log, running } = await launched([
    node("here"),
    node("spare", { parameters: { at_configure: "refuse" }, on_exit: "ignore" }),
    node("stubborn", {
      parameters: { at_configure: "crash" },
      on_exit: "ignore",
      respawn: { most: 2, delay_s: 0.01 },
    }),
  ]);
  expect(running.graph.localSnapshot().nodes.map(({ name }) => name)).toEqual([
    "/here",
    "/listener",
    "/voice",
  ]);
  expect(log).toContain("error /spare node /spare refuses to configure: no robot answers; it is left out");
  expect(log.filter((line) => line.startsWith("fatal /stubborn"))).toHaveLength(3);
});

it("puts the nodes of one machine into one process, which all end when it is killed", async () => {
  const on = { machine: "studio" };
  const { lives, running, log } = await launched([
    node("a", on),
    node("b", { ...on, on_exit: "ignore" }),
    node("c", { machine: "stage", respawn: { most: 1, delay_s: 0.01 } }),
  ]);
  await until(() => lives.size === 3);
  const [a, b, c] = ["/a", "/b", "/c"].map((name) => lives.get(name)![0]!.pid) as [number, number, number];
  expect(new Set([a, b, c, process.pid]).size).toBe(3);
  expect(a).toBe(b);
  process.kill(c, "SIGKILL");
  await until(() => lives.get("/c")!.length === 2);
  process.kill(a, "SIGKILL");
  await expect(running.ended).rejects.toThrow(
    "node /a: machine studio ended: its process was ended by SIGKILL",
  );
  await until(() => log.some((line) => line.startsWith("error /b")));
});

it("leaves the share of a machine to another launch, which joins the graph and ends with it", async () => {
  const nodes = [node("here"), node("there", { machine: "studio" }), node("also", { machine: "studio" })];
  const plan = { name: "scene.yaml", description: "", arguments: {}, nodes };
  const first = await RunningLaunch.start(withoutMachines(plan, ["studio"]), { door: "scene" });
  running = first;
  expect(first.graph.snapshot().nodes.map(({ name }) => name)).toEqual(["/here"]);
  const [door] = await openDoors();
  const second = await RunningLaunch.start(onMachine(plan, "studio"), { join: door!.path });
  const names = () => first.graph.snapshot().nodes.map(({ name }) => name);
  await until(() => names().length === 3);
  expect(names().sort()).toEqual(["/also", "/here", "/there"]);
  const state = await first.graph.call("/there/get_state", "lifecycle_msgs/srv/GetState", {});
  expect(state).toEqual({ current_state: { id: 3, label: "active" } });
  await first.stop();
  await second.ended;
  await second.stop();
  expect(() => onMachine(plan, "stage")).toThrow("scene.yaml: no node has the machine stage; it has studio");
  expect(() => withoutMachines({ ...plan, nodes: [node("here")] }, ["studio"])).toThrow("it has none");
});
