import { expect, it } from "vitest";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { ConnectionError, ProtocolError, RtdeError } from "../src/connection/errors.ts";
import { decodeClientPackage, encodeClientPackage } from "../src/protocol/client-package.ts";
import { FrameDecoder, primaryFraming, rtdeFraming } from "../src/connection/frame-decoder.ts";
import { decodeRobotMessage, encodeRobotMessage } from "../src/primary/robot-message.ts";
import { encodeServerPackage } from "../src/protocol/server-package.ts";
import { RtdeClient } from "../src/rtde/rtde-client.ts";

/** Mulberry32: a seeded stream of numbers in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A copy with up to four bytes changed, cut out or put in; now and then the whole is noise. Its size field is
 * put right more often than not: else most of the noise would only be waited for.
 */
function mutated(bytes: Uint8Array, random: () => number, sizeBytes: 2 | 4 = 2): Uint8Array {
  const whole = (below: number) => Math.floor(random() * below);
  if (whole(20) === 0) return Uint8Array.from({ length: whole(40) }, () => whole(256));
  let result = [...bytes];
  for (let n = whole(5); n > 0; n -= 1) {
    const at = whole(result.length);
    const kind = whole(4);
    if (kind === 0) result.splice(at, whole(4));
    else if (kind === 1) result.splice(at, 0, whole(256));
    else if (kind === 2) result = result.slice(0, at + 1);
    else result[at] = whole(256);
  }
  const mutant = Uint8Array.from(result);
  if (mutant.length > sizeBytes && whole(10) > 0) {
    const view = new DataView(mutant.buffer);
    if (sizeBytes === 2) view.setUint16(0, mutant.length);
    else view.setUint32(0, mutant.length);
  }
  return mutant;
}

const pick = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)]!;

const fromController = [
  encodeServerPackage({ kind: "protocol-version", accepted: true }, 2),
  encodeServerPackage(
    { kind: "controller-version", version: { major: 5, minor: 1, bugfix: 0, build: 7 } },
    2,
  ),
  encodeServerPackage({ kind: "setup-outputs", recipeId: 1, types: ["DOUBLE", "INT32"] }, 2),
  encodeServerPackage({ kind: "setup-inputs", recipeId: 2, types: ["IN_USE"] }, 2),
  encodeServerPackage({ kind: "start", accepted: true }, 2),
  encodeServerPackage({ kind: "text", message: "hello", source: "x", level: "error" }, 2),
  encodeServerPackage({ kind: "data", recipeId: 1, body: new Uint8Array(12).fill(7) }, 2),
];

it("is not brought down by 100000 broken packages: the connection goes on or ends with a reason", async () => {
  const random = randomFrom(1);
  let packages = 0;
  let ended = 0;
  const strange: unknown[] = [];
  while (packages < 100_000) {
    const [near, far] = memoryByteStreamPair();
    const client = new RtdeClient(near);
    far.onData(() => undefined);
    const asked = [client.negotiate(), client.setupOutputs(["timestamp", "robot_mode"], 500), client.start()];
    const settled = Promise.allSettled(asked);
    far.write(fromController[0]!);
    far.write(fromController[2]!); // most often the client then has a recipe for the data that follow
    for (let n = 0; n < 50 && !client.closed; n += 1) {
      far.write(mutated(pick(fromController, random), random));
      packages += 1;
    }
    if (client.closed) {
      ended += 1;
      client.onClosed((reason) => (reason instanceof ProtocolError ? 0 : strange.push(reason)));
    } else client.close();
    for (const result of await settled) {
      if (result.status === "fulfilled") continue;
      const reason: unknown = result.reason;
      if (![ProtocolError, RtdeError, ConnectionError].some((kind) => reason instanceof kind))
        strange.push(reason);
    }
  }
  expect(strange).toEqual([]);
  expect(ended).toBeGreaterThan(1000); // the mutations do hurt
});

/** Feeds broken packages to a decoder, a new one after each protocol error. @returns how many errors */
function fuzz(
  seed: number,
  good: readonly Uint8Array[],
  create: () => FrameDecoder,
  sizeBytes: 2 | 4 = 2,
): number {
  const random = randomFrom(seed);
  let decoder = create();
  let errors = 0;
  for (let n = 0; n < 100_000; n += 1) {
    try {
      decoder.push(mutated(pick(good, random), random, sizeBytes));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      errors += 1;
      decoder = create();
    }
  }
  return errors;
}

it("says nothing but protocol error to 100000 broken packages of a client", () => {
  const good = [
    encodeClientPackage({ kind: "protocol-version", version: 2 }, 2),
    encodeClientPackage({ kind: "setup-outputs", frequencyHz: 500, names: ["timestamp", "actual_q"] }, 2),
    encodeClientPackage({ kind: "setup-inputs", names: ["input_int_register_24"] }, 2),
    encodeClientPackage({ kind: "text", message: "hello", source: "x", level: "info" }, 2),
    encodeClientPackage({ kind: "data", recipeId: 1, body: new Uint8Array(8) }, 2),
  ];
  const create = () => new FrameDecoder(rtdeFraming, (frame) => void decodeClientPackage(frame, 2));
  expect(fuzz(2, good, create)).toBeGreaterThan(1000);
});

it("says nothing but protocol error to 100000 broken messages of the primary interface", () => {
  const from = { timestampUs: 1n, source: 7 } as const;
  const good = [
    encodeRobotMessage({
      kind: "key",
      code: 0,
      argument: 0,
      title: "PROGRAM_XXX_STARTED",
      text: "cello",
      ...from,
    }),
    encodeRobotMessage({ kind: "runtime-exception", line: 3, column: 1, text: "name_not_found", ...from }),
    encodeRobotMessage({
      ...{ kind: "version", project: "URControl", major: 5, minor: 25, bugfix: 1, build: 9, date: "2025" },
      ...from,
    }),
  ];
  const create = () => new FrameDecoder(primaryFraming, (frame) => void decodeRobotMessage(frame));
  expect(fuzz(3, good, create, 4)).toBeGreaterThan(1000);
});
