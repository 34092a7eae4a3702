import { expect, it } from "vitest";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { RtdeClient } from "../src/rtde/rtde-client.ts";
import { type RtdeClientOptions } from "../src/rtde/rtde-client-options.ts";
import { FakeController, type FakeSettings } from "./fake-controller.ts";

function pair(settings: FakeSettings = {}, options: RtdeClientOptions = {}) {
  const [near, far] = memoryByteStreamPair();
  return { controller: new FakeController(far, settings), client: new RtdeClient(near, options), far };
}

it("agrees on version 2, and on 1 with a controller that refuses 2", async () => {
  expect(await pair().client.negotiate()).toBe(2);
  const old = pair({ versions: [1] }).client;
  expect(await old.negotiate()).toBe(1);
  expect(old.protocolVersion).toBe(1);
  await expect(pair({ versions: [] }).client.negotiate()).rejects.toMatchObject({ code: "VERSION_REFUSED" });
});

it("asks for the controller's version", async () => {
  expect(await pair().client.controllerVersion()).toEqual({ major: 5, minor: 25, bugfix: 1, build: 130310 });
});

it("delivers every package in order, inside the controller's write, in one reused object", async () => {
  const { client, controller } = pair();
  await client.negotiate();
  const recipe = await client.setupOutputs(["timestamp", "actual_q", "robot_mode"], 500);
  await client.start();
  const seen: number[] = [];
  const objects = new Set<unknown>();
  recipe.onPackage((received) => {
    seen.push(received.timestamp);
    objects.add(received).add(received.actual_q);
  });
  for (let i = 0; i < 5; i += 1) {
    controller.send({
      timestamp: 40 + i * 0.002,
      actual_q: new Float64Array([i, 1, 2, 3, 4, 5]),
      robot_mode: 7,
    });
    expect(seen).toHaveLength(i + 1); // already here: no turn of the event loop lies between
  }
  expect(seen).toEqual([40, 40.002, 40.004, 40.006, 40.008]);
  expect(objects.size).toBe(2);
  expect(recipe.package).toEqual({
    timestamp: 40.008,
    actual_q: new Float64Array([4, 1, 2, 3, 4, 5]),
    robot_mode: 7,
  });
});

it("speaks version 1: no frequency, no recipe id on outputs", async () => {
  const { client, controller } = pair({ versions: [1] });
  await client.negotiate();
  const recipe = await client.setupOutputs(["timestamp"], 125);
  await client.start();
  controller.send({ timestamp: 3.5 });
  expect(recipe.package.timestamp).toBe(3.5);
  expect(controller.heard).toContainEqual({ kind: "setup-outputs", names: ["timestamp"] });
});

it("writes inputs, before any start, and the recipes keep apart", async () => {
  const { client, controller } = pair();
  await client.negotiate();
  const knots = await client.setupInputs(["input_int_register_24", "input_double_register_24"]);
  const slider = await client.setupInputs(["speed_slider_mask", "speed_slider_fraction"]);
  knots.send({ input_int_register_24: -3, input_double_register_24: 0.25 });
  slider.send({ speed_slider_mask: 1, speed_slider_fraction: 0.5 });
  expect([knots.id, slider.id]).toEqual([1, 2]);
  expect(controller.inputs).toEqual({
    input_int_register_24: -3,
    input_double_register_24: 0.25,
    speed_slider_mask: 1,
    speed_slider_fraction: 0.5,
  });
});

it("names every output the controller does not have", async () => {
  const { client } = pair({ unknown: ["target_gravity", "control_step"] });
  await client.negotiate();
  await expect(
    client.setupOutputs(["target_gravity", "timestamp", "control_step"], 500),
  ).rejects.toMatchObject({
    name: "RtdeError",
    code: "NOT_FOUND",
    field: "target_gravity",
    fields: ["target_gravity", "control_step"],
    message: "The controller has no output target_gravity, control_step.",
  });
});

it("drops optional outputs the controller does not have, and says so", async () => {
  const { client, controller } = pair({ unknown: ["target_gravity"] });
  await client.negotiate();
  const recipe = await client.setupOutputs(["timestamp"], 500, { optional: ["target_gravity", "payload"] });
  expect(recipe.missing).toEqual(["target_gravity"]);
  expect(recipe.fields.map(({ name }) => name)).toEqual(["timestamp", "payload"]);
  controller.send({ timestamp: 1, payload: 0.4 });
  expect(recipe.package.payload).toBe(0.4);
  expect(recipe.package.target_gravity).toBeUndefined();
});

it("names the inputs that are taken, and those that are unknown", async () => {
  const { client } = pair({ inUse: ["input_int_register_3"], unknown: ["external_force_torque"] });
  await client.negotiate();
  await expect(client.setupInputs(["input_int_register_3", "input_int_register_24"])).rejects.toMatchObject({
    code: "IN_USE",
    field: "input_int_register_3",
  });
  await expect(client.setupInputs(["external_force_torque"])).rejects.toMatchObject({
    code: "NOT_FOUND",
    field: "external_force_torque",
  });
  const both = client.setupInputs(["input_int_register_3", "external_force_torque", "input_int_register_24"]);
  await expect(both).rejects.toMatchObject({
    fields: ["external_force_torque", "input_int_register_3"],
    reasons: { external_force_torque: "NOT_FOUND", input_int_register_3: "IN_USE" },
  });
});

it("takes fields of one's own with their type, and refuses another type", async () => {
  const { client, controller } = pair({ extra: { sim_contact: "VECTOR6D" } });
  await client.negotiate();
  const recipe = await client.setupOutputs(["timestamp", "sim_contact"], 500, {
    extraOutputs: { sim_contact: "VECTOR6D" },
  });
  controller.send({ timestamp: 1, sim_contact: new Float64Array([0, 0, 1.5, 0, 0, 0]) });
  expect(recipe.package.sim_contact[2]).toBe(1.5);
  const asked = client.setupOutputs(["sim_contact"], 500, { extraOutputs: { sim_contact: "DOUBLE" } });
  await expect(asked).rejects.toMatchObject({ code: "TYPE_MISMATCH", field: "sim_contact" });
});

it("refuses a value that does not fit its field, by name, and sends nothing", async () => {
  const { client, controller } = pair();
  const inputs = await client.setupInputs(["input_int_register_24", "external_force_torque"]);
  const force = [0, 0, 0, 0, 0, 0];
  expect(() => inputs.send({ input_int_register_24: 1.5, external_force_torque: force })).toThrow(
    "RTDE field input_int_register_24 is a INT32; it cannot take 1.5.",
  );
  expect(() => inputs.send({ input_int_register_24: 1, external_force_torque: [1, 2] })).toThrow(
    "cannot take [1, 2]",
  );
  expect(() => inputs.send({ input_int_register_24: 2 ** 31, external_force_torque: force })).toThrow(
    "cannot take 2147483648",
  );
  expect(controller.heard.filter(({ kind }) => kind === "data")).toEqual([]);
});

it("says which step got no reply, and for how long it waited", async () => {
  const { client } = pair({ deaf: ["start"] }, { timeoutMs: 30 });
  await client.negotiate();
  const closed = new Promise((resolve) => client.onClosed(resolve));
  await expect(client.start()).rejects.toMatchObject({
    code: "TIMEOUT",
    message: "RTDE start: the controller did not reply within 30 ms; the connection was closed.",
  });
  expect(await closed).toMatchObject({ code: "TIMEOUT" });
  await expect(client.pause()).rejects.toMatchObject({ code: "TIMEOUT" });
});

it("reports a refused start", async () => {
  const { client } = pair({ acceptStart: false });
  await expect(client.start()).rejects.toMatchObject({ code: "REFUSED" });
});

it("passes text messages on, even in the middle of a set-up", async () => {
  const { client, controller } = pair({ deaf: ["setup-outputs"] });
  await client.negotiate();
  const texts: string[] = [];
  client.onText(({ message, level }) => texts.push(`${level}: ${message}`));
  const recipe = client.setupOutputs(["timestamp"], 10);
  controller.say({ kind: "text", message: "speed slider is at 40 %", source: "URControl", level: "warning" });
  controller.say({ kind: "setup-outputs", recipeId: 7, types: ["DOUBLE"] });
  expect((await recipe).id).toBe(7);
  expect(texts).toEqual(["warning: speed slider is at 40 %"]);
});

it("counts packages missing by the controller's clock, and not those of a pause", async () => {
  const { client, controller } = pair();
  await client.negotiate();
  const recipe = await client.setupOutputs(["timestamp"], 500);
  await client.start();
  // 2 ms cycle: 40.002 and 40.004 are missing once, 40.010 once.
  for (const timestamp of [40, 40.006, 40.008, 40.012]) controller.send({ timestamp });
  await client.pause();
  await client.start();
  for (const timestamp of [95, 95.002]) controller.send({ timestamp });
  expect(recipe.stats).toMatchObject({
    packages: 6,
    missed: 3,
    gaps: 2,
    clockSteps: 0,
    lastTimestampS: 95.002,
  });
});

it("warns of names longer than the guide promises to work", async () => {
  const { client } = pair();
  const warnings: string[] = [];
  client.onWarning((warning) => warnings.push(warning));
  await client.negotiate();
  const names = Array.from(
    { length: 48 },
    (_, i) => `input_double_register_${i}` as "input_double_register_0",
  );
  // 48 names of 23 or 24 letters and 47 commas: 10*23 + 38*24 + 47 = 1189 bytes; the
  // outputs have one letter more each: 1189 + 48 = 1237; both and a comma: 2427.
  const outputs = names.map((name) => name.replace("input", "output") as "output_double_register_0");
  await client.setupOutputs(names, 500);
  expect(warnings).toEqual([]);
  await client.setupOutputs([...names, ...outputs], 500);
  expect(warnings).toEqual(["A recipe's names take 2427 bytes; the RTDE guide promises 2048."]);
});

it("reads packages one by one: copies, all of them, until the connection ends", async () => {
  const { client, controller, far } = pair();
  await client.negotiate();
  const recipe = await client.setupOutputs(["timestamp", "actual_q"], 500);
  const packages = recipe.packages();
  for (let i = 0; i < 3; i += 1) controller.send({ timestamp: i, actual_q: new Float64Array(6).fill(i) });
  far.close();
  const read: (readonly [number, number])[] = [];
  const reading = (async () => {
    for await (const { timestamp, actual_q } of packages) read.push([timestamp, actual_q[5]!]);
  })();
  await expect(reading).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  expect(read).toEqual([[0, 0], [1, 1], [2, 2]]); // prettier-ignore
});

it("tells a reader that fell behind, instead of skipping a package", async () => {
  const { client, controller } = pair();
  await client.negotiate();
  const recipe = await client.setupOutputs(["timestamp"], 500);
  const packages = recipe.packages({ maxQueued: 2 });
  for (let i = 0; i < 3; i += 1) controller.send({ timestamp: i });
  expect((await packages.next()).value).toEqual({ timestamp: 0 });
  expect((await packages.next()).value).toEqual({ timestamp: 1 });
  await expect(packages.next()).rejects.toMatchObject({ code: "BACKLOG" });
  expect(await packages.next()).toEqual({ done: true, value: undefined });
});

it("ends the connection on bytes that break the protocol, and says why", async () => {
  const { client, far } = pair();
  const closed = new Promise((resolve) => client.onClosed(resolve));
  const asked = client.controllerVersion();
  await asked;
  far.write(Uint8Array.of(0, 2, 0x55));
  expect(await closed).toMatchObject({ name: "ProtocolError" });
  await expect(client.start()).rejects.toMatchObject({ name: "ProtocolError" });
});

it("keeps set-up steps in order when they are not awaited", async () => {
  const { client } = pair();
  const [version, recipe] = await Promise.all([
    client.negotiate(),
    client.setupInputs(["input_int_register_30"]),
    client.setupOutputs(["timestamp"], 500),
    client.start(),
  ]);
  expect([version, recipe.id]).toEqual([2, 1]);
});

it("asks one thing at a time: replies carry no number that would tell them apart", async () => {
  const { client, controller } = pair({ deaf: ["start"] });
  const all = [client.start(), client.start(), client.controllerVersion()];
  expect(controller.heard).toEqual([{ kind: "start" }]);
  controller.say({ kind: "start", accepted: true });
  expect(controller.heard).toEqual([{ kind: "start" }, { kind: "start" }]);
  controller.say({ kind: "start", accepted: false });
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

it("rejects what is asked when it is closed", async () => {
  const { client } = pair({ deaf: ["controller-version"] });
  const reasons: unknown[] = [];
  client.onClosed((reason) => reasons.push(reason));
  const asked = client.controllerVersion();
  client.close();
  await expect(asked).rejects.toMatchObject({ code: "CLOSED" });
  expect(reasons).toEqual([undefined]);
  client.onClosed((reason) => reasons.push(reason));
  expect(reasons).toEqual([undefined, undefined]);
});
