import fc from "fast-check";
import { expect, it } from "vitest";
import { ProtocolError } from "../src/connection/errors.ts";
import { outputFields } from "../src/rtde/fields.ts";
import { decodeClientPackage, encodeClientPackage } from "../src/protocol/client-package.ts";
import { compileLayout } from "../src/protocol/data-layout.ts";
import { encodeDataPackage } from "../src/protocol/data-package.ts";
import { PackageBuffer } from "../src/protocol/package-buffer.ts";
import { type Frame, FrameDecoder, rtdeFraming } from "../src/connection/frame-decoder.ts";
import { type ClientPackage, type ServerPackage, type TextPackage } from "../src/protocol/package-type.ts";
import { type RtdeType, rtdeTypeBytes } from "../src/protocol/rtde-type.ts";
import { decodeServerPackage, encodeServerPackage } from "../src/protocol/server-package.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Decodes while the frame is valid, as it must be. */
function decodeAll<T>(bytes: Uint8Array, decode: (frame: Frame) => T): T[] {
  const all: T[] = [];
  new FrameDecoder(rtdeFraming, (frame) => all.push(decode(frame))).push(bytes);
  return all;
}

it("asks exactly as the RTDE guide lays it out", () => {
  const ask = (said: ClientPackage, version: 1 | 2 = 2) => hex(encodeClientPackage(said, version));
  expect(ask({ kind: "protocol-version", version: 2 })).toBe("0005560002");
  expect(ask({ kind: "controller-version" })).toBe("000376");
  // 3 + 8 + 9 = 20 bytes: header, 500.0 as a double, "timestamp"
  const names = ["timestamp"];
  expect(ask({ kind: "setup-outputs", frequencyHz: 500, names })).toBe(
    `00144f407f400000000000${hex(Buffer.from("timestamp"))}`,
  );
  expect(ask({ kind: "setup-outputs", names }, 1)).toBe(`000c4f${hex(Buffer.from("timestamp"))}`);
  expect(ask({ kind: "start" })).toBe("000353");
  expect(ask({ kind: "pause" })).toBe("000350");
});

it("answers exactly as a controller does", () => {
  const answer = (said: ServerPackage, version: 1 | 2 = 2) => hex(encodeServerPackage(said, version));
  expect(answer({ kind: "protocol-version", accepted: true })).toBe("00045601");
  const version = { major: 5, minor: 25, bugfix: 1, build: 130310 }; // 130310 = 0x1fd06
  expect(answer({ kind: "controller-version", version })).toBe("001376000000050000001900000001" + "0001fd06");
  const types = ["DOUBLE"];
  expect(answer({ kind: "setup-outputs", recipeId: 1, types })).toBe(`000a4f01${hex(Buffer.from("DOUBLE"))}`);
  expect(answer({ kind: "setup-outputs", recipeId: 0, types }, 1)).toBe(
    `00094f${hex(Buffer.from("DOUBLE"))}`,
  );
  expect(answer({ kind: "start", accepted: true })).toBe("00045301");
});

it("lays a text message out as length, text, length, source, level", () => {
  const text: TextPackage = { kind: "text", message: "Hi", source: "me", level: "info" };
  expect(hex(encodeServerPackage(text, 2))).toBe("000a4d02486902" + "6d6503");
  expect(hex(encodeServerPackage(text, 1))).toBe("00064d034869");
});

it("packs a data package big-endian, in the order of the recipe", () => {
  const layout = compileLayout([
    { name: "timestamp", type: "DOUBLE" },
    { name: "robot_mode", type: "INT32" },
    { name: "output_bit_register_64", type: "BOOL" },
  ]);
  const record = { timestamp: 500, robot_mode: -1, output_bit_register_64: true };
  // 3 + 1 + 8 + 4 + 1 = 17 bytes
  expect(hex(encodeDataPackage(layout, 1, record))).toBe("00115501" + "407f400000000000" + "ffffffff" + "01");
  expect(hex(encodeDataPackage(layout, undefined, record))).toBe(
    "001055" + "407f400000000000" + "ffffffff" + "01",
  );
});

it("tolerates a trailing comma and empty names, as one client sends them", () => {
  const bytes = encodeClientPackage({ kind: "setup-inputs", names: ["a", "", "b", ""] }, 2);
  expect(decodeAll(bytes, (frame) => decodeClientPackage(frame, 2))).toEqual([
    { kind: "setup-inputs", names: ["a", "b"] },
  ]);
});

it("refuses a size that cannot be, instead of waiting for ever", () => {
  const decoder = () => new FrameDecoder(rtdeFraming, () => undefined);
  for (const size of [0, 1, 2])
    expect(() => decoder().push(Uint8Array.of(0, size, 0x55))).toThrow(ProtocolError);
  expect(() => decoder().push(Uint8Array.of(0xff, 0xff))).toThrow("it must have 3 to 16384");
});

it("hands on the rest of a chunk after a listener threw", () => {
  const types: number[] = [];
  const decoder = new FrameDecoder(rtdeFraming, ({ type }) => {
    types.push(type);
    if (types.length === 1) throw new Error("a listener's own");
  });
  expect(() => decoder.push(Uint8Array.of(0, 3, 1, 0, 3, 2))).toThrow("a listener's own");
  decoder.push(Uint8Array.of(0, 3, 3));
  expect(types).toEqual([1, 2, 3]);
});

it("keeps the order of what its own listener puts in, even if that listener throws", () => {
  const types: number[] = [];
  const decoder: FrameDecoder = new FrameDecoder(rtdeFraming, ({ type }) => {
    types.push(type);
    if (type !== 1) return;
    decoder.push(Uint8Array.of(0, 3, 2));
    throw new Error("a listener's own");
  });
  expect(() => decoder.push(Uint8Array.of(0, 3, 1))).toThrow("a listener's own");
  decoder.push(Uint8Array.of(0, 3, 3));
  expect(types).toEqual([1, 2, 3]);
});

const name = fc.stringMatching(/^[a-z_0-9]{1,20}$/);
const names = fc.array(name, { minLength: 1, maxLength: 20 });
const body = fc.uint8Array({ maxLength: 300 });
const id = fc.integer({ min: 1, max: 255 });
const text: fc.Arbitrary<TextPackage> = fc.record({
  kind: fc.constant("text" as const),
  message: fc.string({ maxLength: 60 }),
  source: fc.string({ maxLength: 60 }),
  level: fc.constantFrom("exception", "error", "warning", "info"),
});
const u32 = fc.nat(0xffff_ffff);
const clientPackage: fc.Arbitrary<ClientPackage> = fc.oneof(
  fc.record({ kind: fc.constant("protocol-version" as const), version: fc.nat(0xffff) }),
  fc.constant({ kind: "controller-version" as const }),
  fc.record({
    kind: fc.constant("setup-outputs" as const),
    frequencyHz: fc.double({ min: 1, max: 500, noNaN: true }),
    names,
  }),
  fc.record({ kind: fc.constant("setup-inputs" as const), names }),
  fc.constantFrom({ kind: "start" as const }, { kind: "pause" as const }),
  text,
  fc.record({ kind: fc.constant("data" as const), recipeId: id, body }),
);
const recipe = { recipeId: id, types: names };
const serverPackage: fc.Arbitrary<ServerPackage> = fc.oneof(
  fc.record({ kind: fc.constantFrom("protocol-version" as const, "start", "pause"), accepted: fc.boolean() }),
  fc.record({
    kind: fc.constant("controller-version" as const),
    version: fc.record({ major: u32, minor: u32, bugfix: u32, build: u32 }),
  }),
  fc.record({ kind: fc.constantFrom("setup-outputs" as const, "setup-inputs"), ...recipe }),
  text,
  fc.record({ kind: fc.constant("data" as const), recipeId: id, body }),
);

/** A data package's body lies in the decoder's buffer: copied before the next one comes. */
function kept<P extends ClientPackage | ServerPackage | undefined>(said: P): P {
  return said?.kind === "data" ? { ...said, body: said.body.slice() } : said;
}

function inChunks(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.slice(at[i], end));
}

it("understands both sides whatever chunks the bytes come in", () => {
  const cuts = fc.array(fc.nat(), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(clientPackage), fc.array(serverPackage), cuts, (asked, answered, where) => {
      const heardAsked: ClientPackage[] = [];
      const heardAnswered: (ServerPackage | undefined)[] = [];
      const controller = new FrameDecoder(rtdeFraming, (f) =>
        heardAsked.push(kept(decodeClientPackage(f, 2))),
      );
      const client = new FrameDecoder(rtdeFraming, (f) =>
        heardAnswered.push(kept(decodeServerPackage(f, 2))),
      );
      const askedBytes = Buffer.concat(asked.map((said) => encodeClientPackage(said, 2)));
      const answeredBytes = Buffer.concat(answered.map((said) => encodeServerPackage(said, 2)));
      for (const chunk of inChunks(askedBytes, where)) controller.push(chunk);
      for (const chunk of inChunks(answeredBytes, where)) client.push(chunk);
      expect(heardAsked).toEqual(asked);
      expect(heardAnswered).toEqual(answered);
      expect(controller.pendingBytes + client.pendingBytes).toBe(0);
    }),
    { numRuns: 200, seed: 1 },
  );
});

const valueOf: { readonly [T in RtdeType]: fc.Arbitrary<unknown> } = {
  BOOL: fc.boolean(),
  UINT8: fc.nat(255),
  UINT32: u32,
  INT32: fc.integer(),
  UINT64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  DOUBLE: fc.double({ noNaN: true, noDefaultInfinity: true }),
  VECTOR3D: fc.float64Array({ minLength: 3, maxLength: 3, noNaN: true, noDefaultInfinity: true }),
  VECTOR6D: fc.float64Array({ minLength: 6, maxLength: 6, noNaN: true, noDefaultInfinity: true }),
  VECTOR6INT32: fc.int32Array({ minLength: 6, maxLength: 6 }),
  VECTOR6UINT32: fc.uint32Array({ minLength: 6, maxLength: 6 }),
};

it("gives back every value of every type, into the vectors it already has", () => {
  const types = Object.keys(rtdeTypeBytes) as RtdeType[];
  const layout = compileLayout(types.map((type) => ({ name: type.toLowerCase(), type })));
  const values = fc.record(Object.fromEntries(types.map((type) => [type.toLowerCase(), valueOf[type]])));
  const latched = layout.createRecord(); // as a controller keeps its inputs
  const buffer = new PackageBuffer(layout.fields); // as a client keeps its newest package
  const { record } = buffer;
  const vectors = [latched.vector6d, record.vector6d];
  fc.assert(
    fc.property(values, (given) => {
      const bytes = encodeDataPackage(layout, 3, given as Record<string, number>);
      decodeAll(bytes, ({ view, start, end }) => {
        layout.decodeInto(view, start + 1, end - start - 1, latched);
        buffer.decode(view, start + 1, end - start - 1);
      });
      expect(latched).toEqual(given);
      expect({ ...record }).toEqual(given);
      expect([latched.vector6d, record.vector6d]).toEqual(vectors);
      expect(record.vector6d).toBe(vectors[1]);
    }),
    { numRuns: 200, seed: 2 },
  );
});

it("has every output of the table, and the sizes add up", () => {
  // 26 doubles, 26 vectors of 6, 5 of 3, 1 of 6 integers, 7 INT32, 13 UINT32, 5 UINT64, 3 UINT8; of each of the
  // two sides 48 integer and 48 double registers and 64 bits.
  expect(Object.keys(outputFields)).toHaveLength(26 + 26 + 5 + 1 + 7 + 13 + 5 + 3 + 2 * (48 + 48 + 64));
  const layout = compileLayout(Object.entries(outputFields).map(([field, type]) => ({ name: field, type })));
  const sides = 2 * (48 * 4 + 48 * 8 + 64);
  expect(layout.byteLength).toBe(26 * 8 + 26 * 48 + 5 * 24 + 24 + 7 * 4 + 13 * 4 + 5 * 8 + 3 + sides);
});
