import { expect, it } from "vitest";
import { superviseRtde, type SupervisionState } from "../src/rtde/reconnect.ts";
import { robotAt } from "../src/robot/robot-streams.ts";
import { RtdeClient } from "../src/rtde/rtde-client.ts";
import { FakeController } from "./fake-controller.ts";
import { fakeServer } from "./fake-server.ts";

it("reads a controller over a real socket", async () => {
  const { port } = await fakeServer((stream) => {
    const controller = new FakeController(stream);
    stream.onData(() => {
      if (controller.heard.at(-1)?.kind !== "start") return;
      for (let i = 0; i < 1000; i += 1) controller.send({ timestamp: 40 + i / 500 });
    });
  });
  const client = await RtdeClient.connect({ host: "127.0.0.1", port });
  expect(await client.negotiate()).toBe(2);
  const recipe = await client.setupOutputs(["timestamp", "actual_TCP_pose"], 500);
  const packages = recipe.packages();
  await client.start();
  let read = 0;
  for await (const { timestamp } of packages) {
    expect(timestamp).toBe(40 + read / 500);
    read += 1;
    if (read === 1000) break;
  }
  expect(recipe.stats).toMatchObject({ packages: 1000, missed: 0, gaps: 0 });
  client.close();
});

it("tells that the controller hung up", async () => {
  const { port } = await fakeServer((stream) => stream.close());
  const client = await RtdeClient.connect({ host: "127.0.0.1", port });
  await expect(client.negotiate()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

it("sets a lost connection up again, after growing waits", async () => {
  // The controller hangs up on the first two connections before the set-up, and once after it.
  const { port, connections } = await fakeServer((stream, connection) => {
    if (connection <= 2) stream.close();
    else new FakeController(stream);
  });
  const abort = new AbortController();
  const states: string[] = [];
  let setups = 0;
  const onState = (state: SupervisionState) => {
    states.push(state.state === "waiting" ? `waiting ${state.waitMs}` : state.state);
    if (state.state !== "up") return;
    if (setups === 1) connections.at(-1)!.close();
    else abort.abort();
  };
  const setup = async (client: RtdeClient) => {
    await client.negotiate();
    await client.setupInputs(["input_int_register_24"]);
    setups += 1;
  };
  await superviseRtde({
    robot: robotAt("127.0.0.1", { rtde: port }),
    signal: abort.signal,
    firstWaitMs: 10,
    setup,
    onState,
  });
  expect(states).toEqual([
    ...["connecting", "waiting 10", "connecting", "waiting 20", "connecting", "up"],
    ...["waiting 10", "connecting", "up"],
  ]);
  expect(setups).toBe(2);
});

it("tries again while an input is in use, but not when a field does not exist", async () => {
  const { port, connections } = await fakeServer((stream, connection) => {
    new FakeController(stream, connection < 3 ? { inUse: ["input_int_register_24"] } : {});
  });
  const abort = new AbortController();
  const to = { robot: robotAt("127.0.0.1", { rtde: port }), signal: abort.signal, firstWaitMs: 5 };
  await superviseRtde({
    ...to,
    setup: async (client) => void (await client.setupInputs(["input_int_register_24"])),
    onState: ({ state }) => {
      if (state === "up") abort.abort();
    },
  });
  expect(connections).toHaveLength(3);
  const setup = async (client: RtdeClient) => {
    await client.setupOutputs(["no_such_field"], 500, { extraOutputs: { no_such_field: "DOUBLE" } });
  };
  const lasting = superviseRtde({ ...to, signal: new AbortController().signal, setup });
  await expect(lasting).rejects.toMatchObject({ code: "NOT_FOUND", field: "no_such_field" });
});

it("takes a controller that fell silent for lost", async () => {
  const { port } = await fakeServer((stream) => void new FakeController(stream));
  const abort = new AbortController();
  const reasons: string[] = [];
  await superviseRtde({
    robot: robotAt("127.0.0.1", { rtde: port }),
    signal: abort.signal,
    silenceMs: 20,
    setup: async (client) => {
      await client.setupOutputs(["timestamp"], 500);
      await client.start();
    },
    onState: (state) => {
      if (state.state !== "waiting") return;
      reasons.push(state.reason.message);
      abort.abort();
    },
  });
  expect(reasons).toEqual(["The controller has sent nothing for 20 ms."]);
});

it("lets a controller be silent that was not started yet, or was asked to pause", async () => {
  const { port } = await fakeServer((stream) => void new FakeController(stream));
  const client = await RtdeClient.connect({ host: "127.0.0.1", port, silenceMs: 10 });
  const moment = () => new Promise((resolve) => setTimeout(resolve, 60));
  await client.setupOutputs(["timestamp"], 500);
  await moment();
  await client.start();
  await client.pause();
  await moment();
  expect(client.closed).toBe(false);
  await client.start();
  const reason = await new Promise((resolve) => client.onClosed(resolve));
  expect(reason).toMatchObject({ code: "NO_ANSWER", message: "The controller has sent nothing for 10 ms." });
});

it("hears a controller that spoke while this process could not listen", async () => {
  const { port } = await fakeServer((stream) => {
    const controller = new FakeController(stream);
    const speak = setInterval(() => controller.send({ timestamp: 1 }), 5);
    stream.onClose(() => clearInterval(speak));
  });
  const client = await RtdeClient.connect({ host: "127.0.0.1", port, silenceMs: 40 });
  await client.setupOutputs(["timestamp"], 500);
  await client.start();
  for (let i = 0; i < 3; i++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60); // asleep, the controller of this process too
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(client.closed).toBe(false);
  client.close();
});

it("ends at once when the signal fires while it waits", async () => {
  const abort = new AbortController();
  const supervised = superviseRtde({
    robot: robotAt("127.0.0.1", { rtde: 1 }),
    signal: abort.signal,
    firstWaitMs: 60_000,
    setup: () => Promise.resolve(),
    onState: ({ state }) => {
      if (state === "waiting") setTimeout(() => abort.abort(), 5);
    },
  });
  await expect(supervised).resolves.toBeUndefined();
});
