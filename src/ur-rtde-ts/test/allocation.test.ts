import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { type ByteStream } from "../src/connection/byte-stream.ts";
import { type OutputName, outputFields } from "../src/rtde/fields.ts";
import { decodeClientPackage } from "../src/protocol/client-package.ts";
import { type RtdeRecord, compileLayout } from "../src/protocol/data-layout.ts";
import { encodeDataPackage } from "../src/protocol/data-package.ts";
import { PackageBuffer } from "../src/protocol/package-buffer.ts";
import { FrameDecoder, rtdeFraming } from "../src/connection/frame-decoder.ts";
import { encodeServerPackage } from "../src/protocol/server-package.ts";
import { RtdeClient } from "../src/rtde/rtde-client.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** A client that has agreed on a recipe, and the way bytes come to it. */
async function clientOf(names: readonly OutputName[]) {
  let hear: (bytes: Uint8Array) => void = () => undefined;
  const decoder = new FrameDecoder(rtdeFraming, (frame) => {
    const said = decodeClientPackage(frame, 2);
    if (said.kind === "protocol-version")
      hear(encodeServerPackage({ kind: "protocol-version", accepted: true }, 2));
    if (said.kind !== "setup-outputs") return;
    const types = said.names.map((name) => outputFields[name as OutputName]);
    hear(encodeServerPackage({ kind: "setup-outputs", recipeId: 1, types }, 2));
  });
  const stream: ByteStream = {
    write: (bytes) => decoder.push(bytes),
    onData: (listener) => (hear = listener),
    onClose: () => undefined,
    close: () => undefined,
  };
  const client = new RtdeClient(stream);
  await client.negotiate();
  const recipe = await client.setupOutputs(names, 500);
  return { recipe, hear: (bytes: Uint8Array) => hear(bytes) };
}

/** Bytes that are left behind by each of 4000 rounds, at the least of five attempts. */
function garbageBytes(round: (i: number) => void): number {
  for (let i = 0; i < 30_000; i += 1) round(i); // let the compiler do its work first
  const left: number[] = [];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    collect(); // the young generation holds more than all rounds leave: nothing is collected unseen
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 4000; i += 1) round(i);
    left.push(Math.abs(process.memoryUsage().heapUsed - before) / 4000);
  }
  return Math.min(...left);
}

const names = [
  "timestamp",
  "actual_q",
  ...(Object.keys(outputFields) as OutputName[]).slice(0, 120),
] as const;
const layout = compileLayout([...new Set(names)].map((name) => ({ name, type: outputFields[name] })));

/** Two packages that differ in every number, so that nothing can be kept by chance. */
const packages = [40.002, 40.004].map((timestamp) => {
  const values: RtdeRecord = layout.createRecord();
  for (const { name, type } of layout.fields) if (type === "DOUBLE") values[name] = timestamp / 3;
  for (const value of Object.values(values)) if (value instanceof Float64Array) value.fill(timestamp);
  return encodeDataPackage(layout, 1, { ...values, timestamp });
});

// A box for one number is 16 bytes, and these packages hold more than 200 numbers.
it("decodes without making garbage", () => {
  const buffer = new PackageBuffer(layout.fields);
  const decoder = new FrameDecoder(rtdeFraming, ({ view, start, end }) =>
    buffer.decode(view, start + 1, end - start - 1),
  );
  expect(garbageBytes((i) => decoder.push(packages[i & 1]!))).toBeLessThan(1);
  expect(buffer.record.timestamp).toBe(40.004);
});

it("leaves no more behind, from the bytes to the listener, than the few numbers that are looked at", async () => {
  const { recipe, hear } = await clientOf(names);
  const sum = new Float64Array(1); // a plain variable would be a box of its own
  recipe.onPackage((received) => {
    sum[0]! += received.timestamp + received.actual_q[3]!;
  });
  // The clock, and the two numbers the listener reads, may be boxed; the compiler decides. Nothing else is.
  expect(garbageBytes((i) => hear(packages[i & 1]!))).toBeLessThan(4 * 16);
  expect(sum[0]).toBeGreaterThan(40_000);
  expect(recipe.stats).toMatchObject({ packages: 50_000, missed: 0 });
});
