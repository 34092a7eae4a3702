import { McapIndexedReader, McapWriter, type McapTypes } from "@mcap/core";
import { createRequire } from "node:module";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BagReader } from "../../src/bag/bag-reader.ts";
import { seededRandom } from "../../src/math/random.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-mcap-"));
afterAll(() => rmSync(folder, { recursive: true }));

const zstd = createRequire(import.meta.url)("@foxglove/wasm-zstd") as {
  isLoaded: Promise<boolean>;
  compress(bytes: Uint8Array, level?: number): Uint8Array;
};

/** An LZ4 frame whose one block is stored as it is, which every LZ4 reader must take. @source lz4 frame format 1.6 */
function lz4Frame(bytes: Uint8Array): Uint8Array {
  const head = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73);
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, (bytes.length | 0x80000000) >>> 0, true);
  return Buffer.concat([head, size, bytes, new Uint8Array(4)]);
}

const COMPRESSIONS = {
  none: undefined,
  zstd: (bytes: Uint8Array) => ({ compression: "zstd", compressedData: zstd.compress(bytes, 3) }),
  lz4: (bytes: Uint8Array) => ({ compression: "lz4", compressedData: lz4Frame(bytes) }),
};

class Memory {
  readonly parts: Uint8Array[] = [];
  #position = 0n;
  position = (): bigint => this.#position;
  write(bytes: Uint8Array): Promise<void> {
    this.parts.push(bytes.slice());
    this.#position += BigInt(bytes.length);
    return Promise.resolve();
  }
}

type Options = Partial<Record<(typeof SWITCHES)[number], boolean>>;
/** Everything that the writer of MCAP's own authors can leave out. */
const SWITCHES = [
  "useChunks",
  "useMessageIndex",
  "useChunkIndex",
  "useStatistics",
  "useSummaryOffsets",
  "repeatSchemas",
  "repeatChannels",
  "useAttachmentIndex",
  "useMetadataIndex",
] as const;

/** Messages of two topics, some out of order, written by somebody else's writer; with attachment and metadata. */
async function written(options: Options, compression: keyof typeof COMPRESSIONS) {
  await zstd.isLoaded;
  const memory = new Memory();
  const compressChunk = COMPRESSIONS[compression];
  const writer = new McapWriter({
    writable: memory,
    chunkSize: 400,
    ...options,
    ...(compressChunk && { compressChunk }),
  });
  await writer.start({ profile: "ros2", library: "another" });
  const schemaId = await writer.registerSchema({
    name: "std_msgs/msg/String",
    encoding: "ros2msg",
    data: Buffer.from("string data"),
  });
  const ids = [];
  for (const topic of ["/a", "/b"])
    ids.push(
      await writer.registerChannel({
        topic,
        schemaId,
        messageEncoding: "cdr",
        metadata: new Map([["k", "v"]]),
      }),
    );
  const random = seededRandom(9);
  const messages: { topic: string; timeNs: bigint; text: string }[] = [];
  for (let k = 0; k < 60; k++) {
    const channel = random() < 0.5 ? 0 : 1;
    const timeNs = BigInt(1000 * k + (random() < 0.3 ? -2500 : 0) + 10_000);
    const text = `message ${k}`;
    messages.push({ topic: channel === 0 ? "/a" : "/b", timeNs, text });
    const message = { channelId: ids[channel]!, sequence: k, logTime: timeNs, publishTime: timeNs };
    await writer.addMessage({ ...message, data: cdrString(text) });
    if (k === 20)
      await writer.addAttachment({
        name: "x",
        logTime: 5n,
        createTime: 5n,
        mediaType: "text/plain",
        data: Buffer.from("attached"),
      });
    if (k === 40) await writer.addMetadata({ name: "m", metadata: new Map([["a", "b"]]) });
  }
  await writer.end();
  const inOrder = messages
    .map((m, k) => ({ ...m, k }))
    .sort((a, b) => Number(a.timeNs - b.timeNs) || a.k - b.k);
  return {
    bytes: Buffer.concat(memory.parts),
    messages: inOrder.map(({ topic, timeNs, text }) => ({ topic, timeNs, text })),
  };
}

function cdrString(text: string): Uint8Array {
  const bytes = Buffer.alloc(9 + text.length);
  bytes.set([0, 1, 0, 0]);
  bytes.writeUInt32LE(text.length + 1, 4);
  bytes.write(text, 8, "latin1");
  return bytes;
}

async function read(path: string) {
  const reader = await BagReader.open(path);
  const messages = [];
  for await (const { channel, timeNs, message } of reader.decoded())
    messages.push({ topic: channel.topic, timeNs, text: message["data"] });
  await reader.close();
  return { messages, remarks: reader.remarks, truncated: reader.truncated };
}

describe("MCAP as others write it", () => {
  for (const compression of ["none", "zstd", "lz4"] as const)
    it(`reads every kind of layout, chunks compressed with ${compression}`, async () => {
      for (let kind = 0; kind < 1 << SWITCHES.length; kind++) {
        const options = Object.fromEntries(SWITCHES.map((name, bit) => [name, ((kind >> bit) & 1) === 1]));
        // Without chunks nothing is compressed: one look at those is enough.
        if (!options["useChunks"] && compression !== "none") continue;
        if (kind % 3 !== 0 && compression !== "none") continue;
        const { bytes, messages } = await written(options, compression);
        const path = join(folder, "kind.mcap");
        writeFileSync(path, bytes);
        const seen = await read(path);
        expect(seen.truncated, JSON.stringify(options)).toBe(false);
        expect(seen.messages, JSON.stringify(options)).toEqual(messages);
      }
    });

  it("gives the same messages in the same order as the reader of MCAP's own authors", async () => {
    const { bytes } = await written({}, "none");
    const path = join(folder, "same.mcap");
    writeFileSync(path, bytes);
    const readable = {
      size: () => Promise.resolve(BigInt(bytes.length)),
      read: (offset: bigint, size: bigint) => {
        const part = bytes.subarray(Number(offset), Number(offset + size));
        return Promise.resolve(new Uint8Array(part));
      },
    };
    const theirs = await McapIndexedReader.Initialize({ readable });
    const expected: McapTypes.Message[] = [];
    for await (const message of theirs.readMessages()) expected.push(message);
    const reader = await BagReader.open(path);
    const ours = [];
    for await (const { timeNs, data } of reader.stored())
      ours.push([timeNs, Buffer.from(data).toString("hex")]);
    await reader.close();
    expect(ours).toEqual(expected.map(({ logTime, data }) => [logTime, Buffer.from(data).toString("hex")]));
  });

  it("says that a file has no index, and reads it all the same", async () => {
    const { bytes, messages } = await written({ useChunkIndex: false }, "zstd");
    const path = join(folder, "unindexed.mcap");
    writeFileSync(path, bytes);
    const seen = await read(path);
    expect(seen.remarks).toEqual(["it has no index; the file was read instead"]);
    expect(seen.messages).toEqual(messages);
  });

  it("reads what is whole of a compressed file cut anywhere, and says that its end is missing", async () => {
    const { bytes, messages } = await written({}, "zstd");
    const path = join(folder, "cut.mcap");
    const random = seededRandom(4);
    for (let round = 0; round < 40; round++) {
      writeFileSync(path, bytes);
      truncateSync(path, 9 + Math.floor(random() * (bytes.length - 10)));
      const seen = await read(path);
      expect(seen.truncated).toBe(true);
      expect(seen.remarks[0]).toBe("its end is missing");
      for (const message of seen.messages) expect(messages).toContainEqual(message);
    }
  });

  it("leaves a damaged chunk of a file without an index out, and says how much that is", async () => {
    const { bytes, messages } = await written({ useChunkIndex: false, useStatistics: false }, "none");
    const path = join(folder, "hole.mcap");
    bytes[bytes.indexOf("message 30")]! ^= 1;
    writeFileSync(path, bytes);
    const seen = await read(path);
    expect(seen.remarks.join()).toMatch(/a chunk of 0\.000 s at byte \d+ was left out: the checksum/);
    expect(seen.messages.length).toBeLessThan(messages.length);
    expect(seen.messages.length).toBeGreaterThan(messages.length / 2);
  });

  it("reads a time range by the index, both ends included", async () => {
    const { bytes, messages } = await written({}, "lz4");
    const path = join(folder, "range.mcap");
    writeFileSync(path, bytes);
    const reader = await BagReader.open(path);
    const [startNs, endNs] = [messages[10]!.timeNs, messages[40]!.timeNs];
    const times = [];
    for await (const { timeNs } of reader.stored({ topics: ["/b"], startNs, endNs })) times.push(timeNs);
    await reader.close();
    const wanted = messages.filter((m) => m.topic === "/b" && m.timeNs >= startNs && m.timeNs <= endNs);
    expect(times).toEqual(wanted.map(({ timeNs }) => timeNs));
  });
});
