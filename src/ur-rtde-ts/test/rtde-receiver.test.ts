import { expect, it } from "vitest";
import { robotAt } from "../src/robot/robot-streams.ts";
import { RtdeReceiver, type ReceiverOptions } from "../src/rtde/rtde-receiver.ts";
import { FakeController, type FakeSettings } from "./fake-controller.ts";
import { fakeServer } from "./fake-server.ts";

/** A controller with many clients, and a receiver of it. */
async function pair(options: ReceiverOptions = {}, settings: FakeSettings = {}) {
  const controllers: FakeController[] = [];
  const { port, connections } = await fakeServer((stream) => {
    controllers.push(new FakeController(stream, settings));
  });
  const receiver = new RtdeReceiver(robotAt("127.0.0.1", { rtde: port }), { firstWaitMs: 5, ...options });
  /** The connection that asked for this rate last. */
  const asked = (frequencyHz: number) =>
    controllers.findLast(({ heard }) =>
      heard.some((said) => said.kind === "setup-outputs" && said.frequencyHz === frequencyHz),
    )!;
  return { receiver, controllers, connections, asked };
}

it("reads several recipes, each at its rate, on connections of their own", async () => {
  const { receiver, asked } = await pair();
  const fast = receiver.subscribe(["timestamp", "actual_q"], 500);
  const slow = receiver.subscribe(["timestamp", "joint_temperatures"], 1);
  await receiver.ready();
  const [fastPackages, slowPackages] = [fast.packages(), slow.packages()];
  asked(500).send({ timestamp: 40, actual_q: new Float64Array([1, 2, 3, 4, 5, 6]) });
  asked(1).send({ timestamp: 40, joint_temperatures: new Float64Array(6).fill(31) });
  expect((await fastPackages.next()).value?.actual_q[5]).toBe(6);
  expect((await slowPackages.next()).value?.joint_temperatures[0]).toBe(31);
  receiver.close();
  await expect(Promise.all([fast.ended, slow.ended])).resolves.toEqual([undefined, undefined]);
});

it("goes on with the same subscription after the connection was lost, and adds up what it counts", async () => {
  const { receiver, asked, connections } = await pair();
  const joints = receiver.subscribe(["timestamp"], 500);
  const states: string[] = [];
  joints.onState(({ state }) => states.push(state));
  const stamps: number[] = [];
  joints.onPackage(({ timestamp }) => stamps.push(timestamp));
  const packages = joints.packages();
  await joints.ready();
  for (const timestamp of [40, 40.002, 40.006]) asked(500).send({ timestamp });
  for (let i = 0; i < 3; i += 1) await packages.next();
  const up = new Promise((resolve) => joints.onState(({ state }) => state === "up" && resolve(undefined)));
  connections.at(-1)!.close();
  await up;
  asked(500).send({ timestamp: 90 });
  expect((await packages.next()).value).toEqual({ timestamp: 90 });
  expect(stamps).toEqual([40, 40.002, 40.006, 90]);
  expect(joints.stats).toMatchObject({ packages: 4, missed: 1, gaps: 1, connections: 2 });
  expect(states).toEqual(["up", "waiting", "connecting", "up"]);
  receiver.close();
  expect(await packages.next()).toEqual({ done: true, value: undefined });
});

it("stays paused across a reconnection", async () => {
  const { receiver, controllers, connections } = await pair();
  const joints = receiver.subscribe(["timestamp"], 10);
  await joints.ready();
  await joints.pause();
  const up = new Promise((resolve) => joints.onState(({ state }) => state === "up" && resolve(undefined)));
  connections.at(-1)!.close();
  await up;
  expect(controllers.at(-1)!.heard.map(({ kind }) => kind)).toEqual(["protocol-version", "setup-outputs"]);
  await joints.resume();
  expect(controllers.at(-1)!.heard.at(-1)).toEqual({ kind: "start" });
  receiver.close();
});

it("ends with a refusal that trying again cannot change, and leaves the other subscriptions alone", async () => {
  const { receiver } = await pair({}, { unknown: ["control_step"] });
  const wrong = receiver.subscribe(["control_step"], 500);
  const right = receiver.subscribe(["timestamp"], 500, { optional: ["control_step"] });
  await expect(wrong.ready()).rejects.toMatchObject({ code: "NOT_FOUND", field: "control_step" });
  await expect(wrong.ended).rejects.toMatchObject({ code: "NOT_FOUND" });
  await right.ready();
  expect(right.missing).toEqual(["control_step"]);
  receiver.close();
  await right.ended;
});

it("ends with its signal, also while it still looks for a controller that is not there", async () => {
  const abort = new AbortController();
  const receiver = new RtdeReceiver(robotAt("127.0.0.1", { rtde: 1 }), { signal: abort.signal });
  const joints = receiver.subscribe(["timestamp"], 500);
  const ready = joints.ready();
  abort.abort();
  await expect(ready).rejects.toMatchObject({ code: "CLOSED" });
  await joints.ended;
});
