import { expect, it } from "vitest";
import { loneSpec } from "../../src/launch/lone-node.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { defineNode, type NodeDefinition } from "../../src/ros/node/node-definition.ts";
import { EVENT_QOS } from "../../src/ros/qos.ts";

const PLAN = { name: "test", description: "", arguments: {} };
/** Launches nodes that are defined here. */
function launch(
  definitions: readonly NodeDefinition[],
  specs = definitions.map(({ name }) => loneSpec(name)),
) {
  const log: string[] = [];
  const started = RunningLaunch.start(
    { ...PLAN, nodes: specs },
    {
      logSink: (node, level, text) => void log.push(`${level} ${node} ${text}`),
      loadDefinition: (name) => Promise.resolve(definitions.find((definition) => definition.name === name)!),
    },
  );
  return { log, started };
}

/** A node that notes what happens to it. */
const noting = (name: string, notes: string[], hooks: Record<string, () => void | Promise<void>> = {}) =>
  defineNode({
    name,
    does: "notes its life",
    parameters: { bows: { type: "integer", default: 1, min: 1, max: 4, what: "bows" } },
    subscribes: ["note_events"],
    publishes: [],
    make({ node }) {
      const note = (what: string) => async () => {
        notes.push(`${name} ${what}`);
        if (what === "activate") node.subscribe("note_events", () => void hooks["hear"]?.());
        await hooks[what]?.();
      };
      return {
        configure: note("configure"),
        activate: note("activate"),
        deactivate: note("deactivate"),
        shutdown: note("shutdown"),
      };
    },
  });

const fault = (message: string) => () => {
  throw new Error(message);
};

it("configures all before it activates any, in order, and ends them in reverse", async () => {
  const notes: string[] = [];
  const { started } = launch([noting("a", notes), noting("b", notes)]);
  const running = await started;
  await running.stop();
  await running.ended;
  const order = ["configure", "activate"].flatMap((what) => [`a ${what}`, `b ${what}`]);
  expect(notes).toEqual([...order, "b deactivate", "b shutdown", "a deactivate", "a shutdown"]);
  expect(running.graph.snapshot()).toEqual({ nodes: [], endpoints: [] });
});

it("keeps its process while its nodes wait to be asked, and no longer", async () => {
  const held = () => process.getActiveResourcesInfo().filter((what) => what === "Timeout").length;
  const before = held();
  const running = await launch([noting("a", [])]).started;
  expect(held()).toBe(before + 1);
  await running.stop();
  expect(held()).toBe(before);
});

it("names the node that refuses its parameters, and starts nothing", async () => {
  const notes: string[] = [];
  const nodes = [noting("a", notes), noting("b", notes)];
  const { started } = launch(nodes, [loneSpec("a"), loneSpec("b", { parameters: { bows: 9 } })]);
  await expect(started).rejects.toThrow("/b refuses its parameters: bows is 9: must be 1 to 4");
  const { started: unknown } = launch(nodes, [loneSpec("a", { parameters: { strings: 5 } })]);
  await expect(unknown).rejects.toThrow(
    "/a refuses its parameters: there is no parameter strings; it has bows",
  );
  expect(notes.filter((note) => note.endsWith("configure"))).toEqual([]);
});

it("names the node that cannot start, and ends those that had begun", async () => {
  const notes: string[] = [];
  const { started } = launch([noting("a", notes), noting("b", notes, { activate: fault("no rosin") })]);
  await expect(started).rejects.toThrow("node /b crashed in activate: no rosin");
  expect(notes.slice(-2)).toEqual(["a deactivate", "a shutdown"]);
});

it("ends with the name of a node that crashes in a callback", async () => {
  const notes: string[] = [];
  const { started, log } = launch([noting("a", notes), noting("b", notes, { hear: fault("deaf") })]);
  const running = await started;
  const publisher = running.graph.advertise("/a", "/note_events", "cellist_msgs/msg/NoteEvent", EVENT_QOS);
  publisher.publish(NOTE);
  await expect(running.ended).rejects.toThrow("node /b crashed: deaf");
  expect(log).toContain("fatal /b node /b crashed: deaf");
  await running.stop();
});

it("starts a node again after a crash as often as it is told, and leaves the others alone", async () => {
  const notes: string[] = [];
  const nodes = [noting("a", notes), noting("b", notes, { hear: fault("deaf") })];
  const { started } = launch(nodes, [loneSpec("a"), loneSpec("b", { respawn: { most: 2, delay_s: 0.01 } })]);
  const running = await started;
  const publisher = running.graph.advertise("/a", "/note_events", "cellist_msgs/msg/NoteEvent", EVENT_QOS);
  for (let life = 1; life <= 3; life++) {
    while (publisher.subscriptionCount() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    publisher.publish(NOTE);
  }
  await expect(running.ended).rejects.toThrow("node /b crashed: deaf");
  expect(notes.filter((note) => note === "b activate")).toHaveLength(3);
  expect(notes.filter((note) => note === "a activate")).toHaveLength(1);
  await running.stop();
});

it("goes on without a node whose end is to be ignored", async () => {
  const notes: string[] = [];
  const nodes = [noting("a", notes), noting("b", notes, { hear: fault("deaf") })];
  const { started } = launch(nodes, [loneSpec("a"), loneSpec("b", { on_exit: "ignore" })]);
  const running = await started;
  running.graph.advertise("/a", "/note_events", "cellist_msgs/msg/NoteEvent", EVENT_QOS).publish(NOTE);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(running.graph.snapshot().nodes.map(({ name }) => name)).toEqual(["/a"]);
  await running.stop();
  await running.ended;
});

it("leaves a node behind that does not end within two seconds, by name", async () => {
  const { started, log } = launch([
    noting("a", []),
    noting("b", [], { deactivate: () => new Promise(() => undefined) }),
  ]);
  const running = await started;
  const before = performance.now();
  await running.stop();
  expect(performance.now() - before).toBeGreaterThan(1900);
  expect(log).toContain("warn /b did not end within 2 s and was left");
});

it("moves a node by its lifecycle services, and says no to a way that is not there", async () => {
  const { started } = launch([noting("a", [])]);
  const { graph, stop } = await started.then((running) => ({
    graph: running.graph,
    stop: () => running.stop(),
  }));
  const change = (id: number) =>
    graph.call("/a/change_state", "lifecycle_msgs/srv/ChangeState", { transition: { id, label: "" } });
  expect(await change(1)).toEqual({ success: false }); // it is active: configure is no way (rclnodejs would die of it)
  expect(await change(4)).toEqual({ success: true });
  expect(await graph.call("/a/get_state", "lifecycle_msgs/srv/GetState", {})).toEqual({
    current_state: { id: 2, label: "inactive" },
  });
  await stop();
});

const NOTE = {
  header: { stamp: { sec: 0, nanosec: 0 }, frame_id: "" },
  note_index: 0,
  midi: 57,
  string_name: "A",
  direction: "down",
  event: "onset",
  score_time_s: 0,
};
