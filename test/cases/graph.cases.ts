import { expect, it } from "vitest";
import { messageFromPlain } from "../../src/ros/graph/message-from-plain.ts";
import type * as control from "../../src/ros/interfaces/generated/control_msgs.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import type { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { valueFrom } from "../../src/ros/node/parameter-services.ts";
import type { ParameterTable } from "../../src/ros/node/parameters.ts";
import { setParameter } from "../../src/ros/node/set-parameter.ts";
import { EVENT_QOS, LATCHED_QOS, type Qos } from "../../src/ros/qos.ts";

/** Two places on one graph. */
export interface TwoPlaces {
  readonly here: EmbeddedGraph;
  readonly there: EmbeddedGraph;
  /** What the place of `there` is called, seen from `here`, when it is not its own name. */
  readonly thereFromHere?: string;
  /** Ends both. */
  readonly close: () => Promise<void>;
}

const STRING = "std_msgs/msg/String";

/** Waits until something is so: discovery and delivery take their time between places. */
async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !isSo();) {
    if (Date.now() > end) throw new Error("it never became so");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Every graph passes these, whatever lies between two of its nodes: nothing, a door, a thread, or ROS 2. */
export function graphCases(makePlaces: () => Promise<TwoPlaces>): void {
  async function twoNodes() {
    const places = await makePlaces();
    const [a, b] = [new GraphNode(places.here, { name: "a" }), new GraphNode(places.there, { name: "b" })];
    const heard: string[] = [];
    const listen = (topic: string, qos: Qos = EVENT_QOS) =>
      b.subscribeTo(topic, STRING, qos, ({ data }) => heard.push(data));
    return { ...places, a, b, heard, listen };
  }

  it("carries every message of a reliable topic, in order", async () => {
    const { a, heard, listen, close } = await twoNodes();
    listen("chatter", { ...EVENT_QOS, depth: 1000 });
    const publisher = a.publisherOf("chatter", STRING, { ...EVENT_QOS, depth: 1000 });
    await until(() => publisher.subscriptionCount() === 1);
    const said = Array.from({ length: 500 }, (_, i) => `${i}`);
    said.forEach((data) => publisher.publish({ data }));
    await until(() => heard.length === 500);
    expect(heard).toEqual(said);
    await close();
  });

  it("gives a late listener the last message of a transient local topic, once", async () => {
    const { a, heard, listen, close } = await twoNodes();
    const publisher = a.publisherOf("fact", STRING, LATCHED_QOS);
    publisher.publish({ data: "old" });
    publisher.publish({ data: "new" });
    listen("fact", LATCHED_QOS);
    await until(() => heard.length > 0);
    publisher.publish({ data: "newer" });
    await until(() => heard.length > 1);
    expect(heard).toEqual(["new", "newer"]);
    await close();
  });

  it("does not connect a best effort publisher with a reliable listener", async () => {
    const { a, heard, listen, close } = await twoNodes();
    listen("unsure");
    listen("sure");
    const unsure = a.publisherOf("unsure", STRING, { ...EVENT_QOS, reliability: "best_effort" });
    const sure = a.publisherOf("sure", STRING, EVENT_QOS);
    await until(() => sure.subscriptionCount() === 1);
    expect(unsure.subscriptionCount()).toBe(0);
    unsure.publish({ data: "unsure" });
    sure.publish({ data: "sure" });
    await until(() => heard.length > 0);
    expect(heard).toEqual(["sure"]);
    await close();
  });

  it("answers a service, hands a refusal to the caller, and says when nobody answers in time", async () => {
    const { a, b, close } = await twoNodes();
    b.serve("switch", "std_srvs/srv/SetBool", ({ data }) => ({
      success: data,
      message: data ? "on" : "off",
    }));
    b.serve("deaf", "std_srvs/srv/Trigger", () => new Promise(() => undefined));
    const served = (name: string): boolean => a.graph.snapshot().endpoints.some((e) => e.name === name);
    await until(() => served("/switch") && served("/deaf"));
    expect(await a.call("switch", "std_srvs/srv/SetBool", { data: true })).toEqual({
      success: true,
      message: "on",
    });
    await expect(a.call("deaf", "std_srvs/srv/Trigger", {}, 0.05)).rejects.toThrow(
      "/deaf did not answer within 0.05 s",
    );
    await expect(a.call("nobody", "std_srvs/srv/Trigger", {})).rejects.toThrow("no node serves /nobody");
    await close();
  });

  it("carries out an action with feedback, cancels another, and tells the end of a failed one", async () => {
    const { a, b, close } = await twoNodes();
    const end = { knots: 1, states: 2, least_ahead_s: 0.5, longest_gap_s: 0.002, code: "", message: "" };
    b.serveAction("play", "cellist_msgs/action/Perform", {
      execute: async ({ goal, feedback, onCancel }) => {
        if (goal.confirm === "fail") throw new Error("no bow");
        if (goal.confirm === "wait") {
          await new Promise<void>((resolve) => onCancel(resolve));
          return { end: "canceled", result: { ...end, message: "stopped" } };
        }
        for (const path_time_s of [1, 2, 3]) feedback({ path_time_s, total_s: 3, phase: "playing" });
        return { end: "succeeded", result: end };
      },
      refuse: ({ confirm }) => (confirm === "" ? "nobody confirmed" : undefined),
      failed: ({ message }) => ({ ...end, code: "robot-stopped", message }),
    });
    await until(() => a.graph.snapshot().endpoints.some((e) => e.name === "/play/_action/get_result"));
    const client = a.actionClient("play", "cellist_msgs/action/Perform");
    const goal = (confirm: string) => ({ trajectory_sha256: "", confirm });
    const times: number[] = [];
    const sent = await client.send(goal("go"), ({ path_time_s }) => times.push(path_time_s));
    expect((await sent.result).end).toBe("succeeded");
    expect(times).toEqual([1, 2, 3]);
    const waiting = await client.send(goal("wait"));
    await waiting.cancel();
    expect(await waiting.result).toMatchObject({ end: "canceled", result: { message: "stopped" } });
    const failing = await client.send(goal("fail"));
    expect(await failing.result).toMatchObject({
      end: "aborted",
      result: { code: "robot-stopped", message: "no bow" },
    });
    await expect(client.send(goal(""))).rejects.toThrow("/play did not take the goal");
    await close();
  });

  it("carries rows of numbers in requests, answers, goals and feedback as they were", async () => {
    const { a, b, close } = await twoNodes();
    b.serve("types", "rcl_interfaces/srv/GetParameterTypes", ({ names }) => ({ types: names.map(Number) }));
    const follow = "control_msgs/action/FollowJointTrajectory";
    b.serveAction("follow", follow, {
      execute: ({ goal, feedback }) => {
        const desired = { positions: goal.trajectory.points[0]!.positions };
        feedback(
          messageFromPlain(`${follow}_Feedback`, { desired }) as control.FollowJointTrajectory_Feedback,
        );
        return Promise.resolve({ end: "succeeded", result: { error_code: 0, error_string: "" } });
      },
      failed: ({ message }) => ({ error_code: -1, error_string: message }),
    });
    const served = (name: string) => a.graph.snapshot().endpoints.some((e) => e.name === name);
    await until(() => served("/types") && served("/follow/_action/get_result"));
    const { types } = await a.call("types", "rcl_interfaces/srv/GetParameterTypes", {
      names: ["3", "1", "2"],
    });
    expect(Array.from(types)).toEqual([3, 1, 2]);
    const q_rad = [1.5, -0.25, 3e-9];
    const goal = { trajectory: { joint_names: ["a", "b", "c"], points: [{ positions: q_rad }] } };
    const heard: number[][] = [];
    const sent = await a
      .actionClient("follow", follow)
      .send(
        messageFromPlain(`${follow}_Goal`, goal) as control.FollowJointTrajectory_Goal,
        ({ desired }) => void heard.push(Array.from(desired.positions)),
      );
    expect((await sent.result).end).toBe("succeeded");
    expect(heard).toEqual([q_rad]);
    await close();
  });

  it("lists and changes parameters of a node, and hands on what it refuses", async () => {
    const { a, there, close } = await twoNodes();
    const parameters = {
      bows: { type: "integer", default: 2, min: 1, max: 4, what: "bows in the case" },
    } as const;
    const c = new GraphNode(there, { name: "case", parameters });
    await until(() => a.graph.snapshot().endpoints.some((e) => e.name === "/case/set_parameters"));
    const set = (integer_value: bigint) =>
      a.call("case/set_parameters", "rcl_interfaces/srv/SetParameters", {
        parameters: [{ name: "bows", value: { ...INTEGER, integer_value } }],
      });
    expect((await set(3n)).results).toEqual([{ successful: true, reason: "" }]);
    expect(c.parameters.get("bows")).toBe(3);
    expect((await set(9n)).results[0]).toMatchObject({
      successful: false,
      reason: "/case refuses its parameters: bows is 9: must be 1 to 4",
    });
    expect(c.parameters.get("bows")).toBe(3);
    await close();
  });

  it("carries parameters of every type there and back, whole numbers as real ones where those are wanted", async () => {
    const { a, there, close } = await twoNodes();
    const c = new GraphNode(there, { name: "case", parameters: EVERY_TYPE });
    await until(() => a.graph.snapshot().endpoints.some((e) => e.name === "/case/set_parameters"));
    const written = {
      locked: true,
      bows: 3,
      weight: 2,
      maker: "Vuillaume",
      spoiled: [true, false],
      ages: [90, 120],
      lengths: [1, 2],
      owners: ["Piatti", "Ma"],
    };
    for (const [name, value] of Object.entries(written))
      expect(await setParameter(a, "/case", name, value), name).toBeUndefined();
    expect(c.parameters.all()).toEqual(written);
    const { values } = await a.call("case/get_parameters", "rcl_interfaces/srv/GetParameters", {
      names: Object.keys(written),
    });
    expect(values.map(({ type }) => type)).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
    expect(values.map(valueFrom)).toEqual(Object.values(written));
    expect(await setParameter(a, "/case", "ages", [90, 300])).toMatch(/ages is \[90,300\]: must be 0 to 200/);
    expect(await setParameter(a, "/case", "spoiled", ["a"])).toMatch(/must be a list of true and false/);
    expect(c.parameters.all()).toEqual(written);
    expect(await setParameter(a, "/case", "ages", [])).toBeUndefined();
    expect(c.parameters.get("ages")).toEqual([]);
    await close();
  });

  it("shows every node and where it runs", async () => {
    const { a, here, there, thereFromHere = there.place, close } = await twoNodes();
    await until(() => a.graph.snapshot().nodes.length === 2);
    const places = Object.fromEntries(a.graph.snapshot().nodes.map(({ name, place }) => [name, place]));
    expect(places).toEqual({ "/a": here.place, "/b": thereFromHere });
    await close();
  });
}

const EVERY_TYPE = {
  locked: { type: "bool", default: false, what: "the case" },
  bows: { type: "integer", default: 2, what: "bows in the case" },
  weight: { type: "double", default: 1.5, what: "of the case [kg]" },
  maker: { type: "string", default: "", what: "of the best bow" },
  spoiled: { type: "bool_array", default: [], what: "whose hair is torn" },
  ages: { type: "integer_array", default: [], min: 0, max: 200, what: "of the bows [years]" },
  lengths: { type: "double_array", default: [], what: "of the bows [m]" },
  owners: { type: "string_array", default: [], what: "whose they were" },
} as const satisfies ParameterTable;

const INTEGER = {
  type: 2,
  bool_value: false,
  integer_value: 0n,
  double_value: 0,
  string_value: "",
  byte_array_value: [],
  bool_array_value: [],
  integer_array_value: [],
  double_array_value: [],
  string_array_value: [],
};
