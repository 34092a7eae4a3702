import { FoxgloveClient, type Channel, type ServerInfo, type Service } from "@foxglove/ws-protocol";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { hostAlone, loneSpec } from "../../src/launch/lone-node.ts";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { decodeCdr, Encoders } from "../../src/ros/graph/message-codec.ts";
import { EVENT_QOS, LATCHED_QOS } from "../../src/ros/qos.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { serveLiveView, type RunningLiveView } from "../../src/foxglove/serve-live-view.ts";

const STRING = "std_msgs/msg/String";
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function until<T>(value: () => T | undefined | false, what = "it"): Promise<T> {
  for (const end = Date.now() + 20_000; ;) {
    const found = value();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} never came`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A graph with a live view, and a node on it that has something of everything. */
async function makeView(control = true, origins: readonly string[] = []) {
  const graph = new EmbeddedGraph();
  const parameters = {
    bows: { type: "integer", default: 2, min: 1, max: 4, what: "bows" },
    rosin: { type: "double", default: 1, min: 0, what: "grams" },
  } as const;
  const player = new GraphNode(graph, { name: "player", parameters });
  player.serve("~/swap", "std_srvs/srv/SetBool", ({ data }) => ({
    success: data,
    message: data ? "swapped" : "kept",
  }));
  const fact = player.publisherOf("/fact", STRING, LATCHED_QOS);
  fact.publish({ data: "Saint-Saëns" });
  const viewer = new GraphNode(graph, { name: "foxglove" });
  const view = await serveLiveView(viewer, { host: "127.0.0.1", port: 0, control, origins });
  closing.push(() => view.close());
  return { graph, player, fact, view };
}

/** Foxglove's own client for the protocol, and everything that it was told. */
function makeClient({ port }: RunningLiveView, protocol = FoxgloveClient.SUPPORTED_SUBPROTOCOL) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, [protocol]);
  const client = new FoxgloveClient({ ws: socket as never });
  const told = {
    info: undefined as ServerInfo | undefined,
    channels: new Map<string, Channel>(),
    services: new Map<string, Service>(),
    texts: [] as string[],
    timesNs: [] as bigint[],
    statuses: [] as string[],
    failures: [] as string[],
    parameters: [] as { id: string | undefined; values: Record<string, unknown> }[],
    graph: undefined as unknown,
  };
  client.on("serverInfo", (info) => void (told.info = info));
  client.on("advertise", (channels) =>
    channels.forEach((channel) => told.channels.set(channel.topic, channel)),
  );
  client.on("unadvertise", (ids) => {
    for (const [topic, { id }] of told.channels) if (ids.includes(id)) told.channels.delete(topic);
  });
  client.on("advertiseServices", (services) =>
    services.forEach((service) => told.services.set(service.name, service)),
  );
  client.on("message", ({ data, timestamp }) => {
    told.timesNs.push(timestamp);
    told.texts.push(
      (decodeCdr(STRING, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) as { data: string })
        .data,
    );
  });
  client.on("status", ({ message }) => told.statuses.push(message));
  client.on("serviceCallFailure", ({ message }) => told.failures.push(message));
  client.on("parameterValues", ({ parameters, id }) =>
    told.parameters.push({
      id,
      values: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    }),
  );
  client.on("connectionGraphUpdate", (update) => void (told.graph = update));
  client.on("error", () => undefined);
  closing.push(() => client.close());
  return { client, told, socket };
}

const cdr = (type: string, message: unknown) => new Encoders().encode(type, message, "test").slice();
const decoded = (type: string, data: DataView) =>
  decodeCdr(type, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

it("offers what it can to Foxglove's own client: topics with their schemas, services, parameters", async () => {
  const { view } = await makeView();
  const { told } = makeClient(view);
  const channel = await until(() => told.channels.get("/fact"));
  expect(told.info!.capabilities.toSorted()).toEqual(
    ["clientPublish", "connectionGraph", "parameters", "parametersSubscribe", "services"].toSorted(),
  );
  expect(channel).toMatchObject({ encoding: "cdr", schemaName: STRING, schemaEncoding: "ros2msg" });
  expect(channel.schema).toContain("string data");
  await until(() => told.services.get("/player/swap"));
  expect(told.services.get("/player/swap")).toMatchObject({ type: "std_srvs/srv/SetBool" });
});

it("sends the last of a latched topic to who subscribes late, and then every message", async () => {
  const { fact, view } = await makeView();
  const { client, told } = makeClient(view);
  const { id } = await until(() => told.channels.get("/fact"));
  const subscription = client.subscribe(id);
  await until(() => told.texts.length === 1);
  fact.publish({ data: "Bach" });
  await until(() => told.texts.length === 2);
  expect(told.texts).toEqual(["Saint-Saëns", "Bach"]);
  // Stamped with the node's clock, in nanoseconds.
  for (const timeNs of told.timesNs) expect(Math.abs(Number(timeNs) / 1e6 - Date.now())).toBeLessThan(60_000);
  client.unsubscribe(subscription);
  await client_roundtrip(client, told);
  fact.publish({ data: "unheard" });
  await client_roundtrip(client, told);
  expect(told.texts).toHaveLength(2);
});

/** Everything said before is done when the answer to this has come. */
async function client_roundtrip(
  client: FoxgloveClient,
  told: ReturnType<typeof makeClient>["told"],
): Promise<void> {
  const id = `${told.parameters.length}`;
  client.getParameters(["/player.bows"], id);
  await until(() => told.parameters.some((answer) => answer.id === id));
}

it("speaks both names of the protocol, and no other", async () => {
  const { view } = await makeView();
  for (const protocol of ["foxglove.websocket.v1", "foxglove.sdk.v1"]) {
    const socket = new WebSocket(`ws://127.0.0.1:${view.port}`, [protocol]);
    const first = await new Promise<string>((resolve) =>
      socket.once("message", (data: Buffer) => resolve(data.toString())),
    );
    expect(socket.protocol).toBe(protocol);
    expect(JSON.parse(first)).toMatchObject({ op: "serverInfo", name: "robot-cellist" });
    socket.close();
  }
  const other = new WebSocket(`ws://127.0.0.1:${view.port}`, ["mqtt"]);
  const why = await new Promise<string>((resolve) => {
    other.once("error", ({ message }) => resolve(message));
    other.once("close", (code) => resolve(`closed with ${code}`));
  });
  expect(why).toMatch(/subprotocol|closed with 1002/);
});

it("calls a service, in CDR and in JSON, and hands on why one failed", async () => {
  const { view } = await makeView();
  const { client, told } = makeClient(view);
  const { id: serviceId } = await until(() => told.services.get("/player/swap"));
  const answers: { callId: number; encoding: string; data: DataView }[] = [];
  client.on("serviceCallResponse", ({ callId, encoding, data: { buffer, byteOffset, byteLength } }) => {
    answers.push({ callId, encoding, data: new DataView(buffer, byteOffset, byteLength) });
  });
  const call = (callId: number, encoding: string, data: Uint8Array) =>
    client.sendServiceCallRequest({
      serviceId,
      callId,
      encoding,
      data: new DataView(data.buffer, data.byteOffset, data.byteLength),
    });
  call(7, "cdr", cdr("std_srvs/srv/SetBool_Request", { data: true }));
  call(8, "json", new TextEncoder().encode('{"data": false}'));
  await until(() => answers.length === 2);
  expect(decoded("std_srvs/srv/SetBool_Response", answers.find(({ callId }) => callId === 7)!.data)).toEqual({
    success: true,
    message: "swapped",
  });
  const json = answers.find(({ callId }) => callId === 8)!;
  expect(JSON.parse(new TextDecoder().decode(json.data))).toEqual({ success: false, message: "kept" });
  call(9, "json", new TextEncoder().encode('{"date": true}'));
  await until(() => told.failures.length === 1);
  expect(told.failures[0]).toContain("has no field date; it has data");
  expect(answers).toHaveLength(2);
});

it("gets, sets and watches parameters; a refused value is shown as it was", async () => {
  const { player, view } = await makeView();
  const { client, told } = makeClient(view);
  await until(() => told.info);
  client.getParameters([], "all");
  await until(() => told.parameters.length === 1);
  expect(told.parameters[0]).toEqual({ id: "all", values: { "/player.bows": 2, "/player.rosin": 1 } });
  client.subscribeParameterUpdates(["/player.rosin"]);
  client.setParameters([{ name: "/player.bows", value: 9 }], "set");
  await until(() => told.parameters.length === 2);
  expect(told.parameters[1]).toEqual({ id: "set", values: { "/player.bows": 2 } });
  expect(told.statuses).toEqual(["/player refuses its parameters: bows is 9: must be 1 to 4"]);
  player.parameters.set({ rosin: 2.5 });
  await until(() => told.parameters.length === 3);
  expect(told.parameters[2]).toEqual({ id: undefined, values: { "/player.rosin": 2.5 } });
});

it("lets a client publish, and refuses what does not fit its type", async () => {
  const { graph, view } = await makeView();
  const heard: string[] = [];
  new GraphNode(graph, { name: "ear" }).subscribeTo("/chat", STRING, EVENT_QOS, ({ data }) =>
    heard.push(data),
  );
  const { client, told } = makeClient(view);
  await until(() => told.info);
  const channel = client.advertise({ topic: "/chat", encoding: "json", schemaName: STRING });
  client.sendMessage(channel, new TextEncoder().encode('{"data": "from outside"}'));
  await until(() => heard.length === 1);
  client.sendMessage(channel, new TextEncoder().encode('{"data": 5}'));
  await until(() => told.statuses.length === 1);
  expect(told.statuses[0]).toContain("data must be string, not 5");
  expect(heard).toEqual(["from outside"]);
});

it("lets clients only look where control was not given", async () => {
  const { player, view } = await makeView(false);
  const { client, told } = makeClient(view);
  await until(() => told.channels.get("/fact"));
  expect(told.info!.capabilities).not.toContain("services");
  expect(told.services.size).toBe(0);
  client.setParameters([{ name: "/player.bows", value: 3 }], "set");
  client.advertise({ topic: "/chat", encoding: "json", schemaName: STRING });
  client.sendServiceCallRequest({
    serviceId: 1,
    callId: 1,
    encoding: "json",
    data: new DataView(new ArrayBuffer(0)),
  });
  await until(() => told.statuses.length === 2 && told.failures.length === 1);
  for (const said of [...told.statuses, ...told.failures])
    expect(said).toMatch(/^clients of this live view may look, not/);
  expect(player.parameters.get("bows")).toBe(2);
});

it("turns web pages away that nobody named, and takes those that were", async () => {
  const { view } = await makeView(true, ["http://localhost:8080"]);
  const connect = (origin: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${view.port}`, ["foxglove.websocket.v1"], { origin });
      socket.once("open", () => resolve("open"));
      socket.once("error", ({ message }) => resolve(message));
      closing.push(() => socket.terminate());
    });
  expect(await connect("http://evil.example")).toMatch(/401|403/);
  expect(await connect("http://localhost:8080")).toBe("open");
});

it("tells of topics that come and go, and how nodes hang together", async () => {
  const { graph, view } = await makeView();
  const { client, told } = makeClient(view);
  await until(() => told.channels.get("/fact"));
  client.subscribeConnectionGraph();
  await until(() => told.graph);
  const late = new GraphNode(graph, { name: "late" });
  late.publisherOf("/late", STRING, EVENT_QOS);
  await until(() => told.channels.get("/late"));
  await until(() => JSON.stringify(told.graph).includes('"/late"'));
  expect(told.graph).toMatchObject({
    publishedTopics: expect.arrayContaining([{ name: "/late", publisherIds: ["/late"] }]) as unknown,
  });
  late.destroy();
  await until(() => !told.channels.has("/late"));
});

it("answers nonsense with a sentence and goes on", async () => {
  const { view } = await makeView();
  const { told, socket } = makeClient(view);
  await until(() => told.info);
  for (const nonsense of [
    "{",
    '{"op": "dance"}',
    '{"op": "subscribe", "subscriptions": [{"id": 1, "channelId": 99}]}',
  ])
    socket.send(nonsense);
  socket.send(new Uint8Array([77, 0, 0]));
  socket.send(new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255]));
  await until(() => told.statuses.length === 5);
  expect(told.statuses).toContain("there is no channel 99");
  expect(view.clients()).toBe(1);
});

it("is a node: it takes its port from its parameters and refuses one that is taken", async () => {
  const { graph, view } = await makeView();
  const spec = loneSpec("foxglove", { name: "second", parameters: { port: view.port } });
  const hosted = await hostAlone(graph, spec);
  await hosted.moveOn("configure");
  await expect(hosted.moveOn("activate")).rejects.toThrow(
    /node \/second refuses to activate: the live view cannot listen on 127.0.0.1:\d+/,
  );
  hosted.destroy();
});
