import { expect, it } from "vitest";
import { encodeClientPackage, outputFields, RtdeClient } from "ur-rtde-ts";
import { seededRandom } from "../../../src/math/random.ts";
import { bench, rtdeClient } from "../controller/robot-in-memory.ts";

const VALID: readonly Uint8Array[] = [
  encodeClientPackage({ kind: "protocol-version", version: 2 }, 1),
  encodeClientPackage({ kind: "controller-version" }, 2),
  encodeClientPackage({ kind: "setup-outputs", frequencyHz: 125, names: Object.keys(outputFields) }, 2),
  encodeClientPackage({ kind: "setup-outputs", frequencyHz: NaN, names: ["timestamp"] }, 2),
  encodeClientPackage({ kind: "setup-inputs", names: ["input_double_register_30", "speed_slider_mask"] }, 2),
  encodeClientPackage({ kind: "data", recipeId: 1, body: new Uint8Array(12) }, 2),
  encodeClientPackage({ kind: "text", message: "hello", source: "me", level: "info" }, 2),
  encodeClientPackage({ kind: "start" }, 2),
  encodeClientPackage({ kind: "pause" }, 2),
];

it.each([
  ["an unknown type", "00037a"],
  ["a version of no bytes", "000356"],
  ["data of an unknown recipe", "000c55090000000000000000"],
  ["data without a recipe", "000355"],
  ["a text message shorter than it says", "00064dff4100"],
])("answers %s with a text message, and goes on", async (_what, hex) => {
  const one = await bench();
  const stream = one.robot.connectRtde();
  const client = new RtdeClient(stream);
  await client.negotiate();
  const said: string[] = [];
  client.onText(({ message, level }) => said.push(`${level}: ${message}`));
  stream.write(Buffer.from(hex, "hex"));
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^error: RTDE: /);
  const recipe = await client.setupOutputs(["timestamp"], 500);
  await client.start();
  one.cycles(1);
  expect(recipe.package.timestamp).toBe(42.002);
});

it.each([
  ["a size of zero", "000056"],
  ["a size below the header", "000256"],
  ["a size beyond reason", "ffff56"],
])("hangs up on %s, on that client only", async (_what, hex) => {
  const one = await bench();
  const good = await rtdeClient(one);
  const recipe = await good.setupOutputs(["timestamp"], 500);
  await good.start();
  const bad = one.robot.connectRtde();
  let closed = false;
  bad.onClose(() => (closed = true));
  bad.onData(() => undefined);
  bad.write(Buffer.from(hex, "hex"));
  expect(closed).toBe(true);
  one.cycles(3);
  expect(recipe.package.timestamp).toBe(42.006);
  expect(good.closed).toBe(false);
});

it("survives whatever clients send, in whatever pieces", async () => {
  const one = await bench();
  const good = await rtdeClient(one);
  const recipe = await good.setupOutputs(["timestamp"], 500);
  await good.start();
  const random = seededRandom(11);
  const below = (n: number) => Math.floor(random() * n);
  for (let client = 0; client < 300; client++) {
    const stream = one.robot.connectRtde();
    let closed = false;
    stream.onClose(() => (closed = true));
    stream.onData(() => undefined);
    for (let n = 0; n < 8 && !closed; n++) {
      const bytes = VALID[below(VALID.length)]!.slice();
      for (let k = below(4); k > 0; k--) bytes[below(Math.min(bytes.length, 20))] = below(256);
      const cut = below(bytes.length);
      for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)])
        if (!closed) stream.write(part.slice());
      one.cycles(1);
    }
    if (!closed) stream.close();
  }
  one.cycles(1);
  expect(good.closed).toBe(false);
  expect(recipe.package.timestamp).toBe(one.robot.controller.timeS);
});

it("takes no harm from noise on the dashboard and script ports", async () => {
  const one = await bench();
  const random = seededRandom(5);
  for (let client = 0; client < 60; client++) {
    const stream = client % 2 === 0 ? one.robot.connectDashboard() : one.robot.connectScript();
    let closed = false;
    stream.onClose(() => (closed = true));
    stream.onData(() => undefined);
    for (let n = 0; n < 20 && !closed; n++) {
      stream.write(
        Uint8Array.from({ length: 1 + Math.floor(random() * 200) }, () => Math.floor(random() * 256)),
      );
      one.cycles(1);
    }
    if (!closed) stream.close();
  }
  expect(one.robot.controller.runner.isRunning).toBe(false);
});
