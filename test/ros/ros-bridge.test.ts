import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CellistError } from "../../src/errors.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { Lifecycle } from "../../src/ros/node/lifecycle.ts";
import { canUseRos, probeRos, type Environment } from "../../src/ros/rcl/probe.ts";
import { EVENT_QOS, LATCHED_QOS } from "../../src/ros/qos.ts";
import { graphCases } from "../cases/graph.cases.ts";
import { hasRclpy, runRclpyClient } from "./rclpy-client.ts";
import { bridged, standInForRos, twoPlacesOnRos } from "./ros-places.ts";

const STRING = "std_msgs/msg/String";
const missing = probeRos(process.env).filter(({ ok }) => !ok);
const why = missing.map(({ what }) => what).join("; ");

describe.skipIf(!canUseRos(missing))(
  `over ROS 2 (skipped where it is missing; here: ${why || "nothing"})`,
  () => {
    graphCases(() => twoPlacesOnRos(process.env));

    it.skipIf(canUseRos(missing) && !hasRclpy())("serves a client written in Python with rclpy", async () => {
      const { graph, bridge } = bridged("one", process.env);
      const parameters = { bows: { type: "integer", default: 2, min: 1, max: 4, what: "bows" } } as const;
      const node = new GraphNode(graph, { name: "player", parameters });
      new Lifecycle(node, {});
      node.publisherOf("/fact", STRING, LATCHED_QOS).publish({ data: "Saint-Saëns" });
      const chat: string[] = [];
      node.subscribeTo("/chat", STRING, EVENT_QOS, ({ data }) => chat.push(data));
      const joints = node.publisher("joint_states");
      const timer = setInterval(
        () =>
          joints.publish({
            header: { stamp: { sec: 0, nanosec: 0 }, frame_id: "" },
            name: ["a", "b"],
            position: [1.5, -2],
            velocity: [],
            effort: [],
          }),
        50,
      );
      node.serve("~/swap", "std_srvs/srv/SetBool", ({ data }) => ({ success: data, message: "swapped" }));
      const result = { knots: 1, states: 2, least_ahead_s: 0.5, longest_gap_s: 0.002, code: "", message: "" };
      node.serveAction("perform", "cellist_msgs/action/Perform", {
        refuse: ({ confirm }) => (confirm === "" ? "nobody confirmed" : undefined),
        execute: async ({ goal, feedback, onCancel }) => {
          if (goal.confirm === "wait") {
            await new Promise<void>((resolve) => onCancel(resolve));
            return { end: "canceled", result: { ...result, message: "stopped" } };
          }
          for (const path_time_s of [1, 2, 3]) feedback({ path_time_s, total_s: 3, phase: "playing" });
          return { end: "succeeded", result: { ...result, message: "played" } };
        },
        failed: () => result,
      });
      const got = await runRclpyClient();
      clearInterval(timer);
      expect(got).toEqual({
        fact: "Saint-Saëns",
        joints: [1.5, -2],
        service: [true, "swapped"],
        parameters: [
          [true, ""],
          [false, "/player refuses its parameters: bows is 9: must be 1 to 4"],
        ],
        "bad transition": false,
        state: "unconfigured",
        performed: [4, "played"],
        feedback: [1, 2, 3],
        canceled: [5, "stopped"],
        refused: false,
      });
      expect(chat).toEqual(["from Python"]);
      await bridge.close();
    });
  },
);

describe("over a stand-in for rclnodejs", () => {
  let env: Environment;
  let close: () => Promise<void>;
  beforeAll(async () => ({ env, close } = await standInForRos()));
  afterAll(() => close());

  graphCases(() => twoPlacesOnRos(env));

  async function until(isSo: () => boolean, what: () => string = () => "it"): Promise<void> {
    for (const end = Date.now() + 120_000; !isSo();) {
      if (Date.now() > end) throw new Error(`${what()} never came`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it("is started again when rclnodejs takes its process along, and what was latched is there again", async () => {
    const said: string[] = [];
    const one = bridged("one", env, said);
    const two = bridged("two", env);
    const fact = new GraphNode(one.graph, { name: "talker" }).publisherOf("fact", STRING, LATCHED_QOS);
    fact.publish({ data: "still true" });
    await until(() => said.includes("info joined with ROS 2"));
    process.kill(one.bridge.pid!, "SIGABRT");
    await until(() => said.filter((text) => text === "info joined with ROS 2").length === 2);
    expect(said.find((text) => text.startsWith("warn"))).toBe(
      "warn the bridge to ROS 2 ended (rclnodejs aborted it); started again in 0.05 s",
    );
    const heard: string[] = [];
    new GraphNode(two.graph, { name: "listener" }).subscribeTo("fact", STRING, LATCHED_QOS, ({ data }) =>
      heard.push(data),
    );
    await until(() => heard.length > 0);
    expect(heard).toEqual(["still true"]);
    await Promise.all([one.bridge.close(), two.bridge.close()]);
  });

  it("leaves ROS 2 alone after five crashes in a row, and says so", async () => {
    const said: string[] = [];
    const { bridge } = bridged("one", { ...env, STAND_IN_BUS: undefined }, said);
    await until(
      () => said.some((text) => text.startsWith("error")),
      () => said.join("; "),
    );
    expect(said.filter((text) => text.startsWith("warn"))).toHaveLength(4);
    expect(said.at(-1)).toMatch(/that was the 5th time in a row, ROS 2 is left alone from now on$/);
    expect(bridge.pid).toBeUndefined();
  });

  it("answers whoever asks a service that fails, with nothing and the reason, instead of leaving it waiting", async () => {
    const said: string[] = [];
    const [one, two] = [bridged("one", env, said), bridged("two", env)];
    const server = new GraphNode(one.graph, { name: "server" });
    const fail = (): never => {
      throw new CellistError("robot-not-ready", "the bow is away");
    };
    server.serve("rate", "rosbag2_interfaces/srv/GetRate", fail);
    server.serve("state", "lifecycle_msgs/srv/GetState", fail);
    server.serve("play", "std_srvs/srv/Trigger", fail);
    server.serve("burst", "rosbag2_interfaces/srv/Resume", fail);
    const client = new GraphNode(two.graph, { name: "client" });
    const served = (name: string) => two.graph.snapshot().endpoints.some((e) => e.name === name);
    await until(() => ["/rate", "/state", "/play", "/burst"].every(served));
    expect(await client.call("play", "std_srvs/srv/Trigger", {})).toEqual({
      success: false,
      message: "the bow is away",
    });
    expect(await client.call("rate", "rosbag2_interfaces/srv/GetRate", {})).toEqual({ rate: NaN });
    expect(await client.call("state", "lifecycle_msgs/srv/GetState", {})).toEqual({
      current_state: { id: 0, label: "" },
    });
    await client.call("burst", "rosbag2_interfaces/srv/Resume", {});
    await client.call("burst", "rosbag2_interfaces/srv/Resume", {});
    const warnings = (): string[] => said.filter((text) => text.startsWith("warn "));
    await until(() => warnings().length >= 5, () => said.join("; ")); // prettier-ignore
    const failed = (name: string, seen: string) =>
      `warn ${name} failed: the bow is away; ROS 2 got an${seen}`;
    const silent = "answer that looks like success, because it has no field to say otherwise";
    expect(warnings()).toEqual([
      failed("/play", " answer with the reason"),
      failed("/rate", " empty answer, which has no field for the reason"),
      failed("/state", " empty answer, which has no field for the reason"),
      ...[1, 2].map(() => failed("/burst", ` ${silent}`)),
    ]);
    await Promise.all([one.bridge.close(), two.bridge.close()]);
  });

  it("hears every message once where both sides publish a topic, under the name of who said it", async () => {
    const [one, two] = [bridged("one", env), bridged("two", env)];
    const speak = (graph: typeof one.graph, name: string) => {
      const node = new GraphNode(graph, { name });
      return node.publisherOf("/talk", STRING, { ...EVENT_QOS, depth: 10 });
    };
    const heard: string[] = [];
    new GraphNode(one.graph, { name: "ear" }).subscribeTo("/talk", STRING, EVENT_QOS, ({ data }, { node }) =>
      heard.push(`${node} ${data}`),
    );
    const [own, other] = [speak(one.graph, "own"), speak(two.graph, "other")];
    await until(() => other.subscriptionCount() === 1);
    own.publish({ data: "from here" });
    other.publish({ data: "from there" });
    await until(() => heard.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heard.toSorted()).toEqual(["/other from there", "/own from here"]);
    await Promise.all([one.bridge.close(), two.bridge.close()]);
  });

  it("ends within two seconds when it is told to, and with the process that started it", async () => {
    const said: string[] = [];
    const { bridge, peers } = bridged("one", env, said);
    await until(() => said.includes("info joined with ROS 2"));
    const { pid } = bridge;
    peers.close(); // as when this process is gone
    await until(() => !isAlive(pid!));
    const again = bridged("two", env, said);
    await until(() => said.filter((text) => text === "info joined with ROS 2").length >= 2);
    const next = again.bridge.pid!;
    await again.bridge.close();
    expect(isAlive(next)).toBe(false);
    await bridge.close();
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
