import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { BagReader, bagInfo } from "../../src/bag/bag-reader.ts";
import { checkBag } from "../../src/bag/check-bag.ts";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { schemaOf } from "../../src/ros/schemas.ts";
import { writeDb3, writeMetadata, type Row } from "./rosbag2-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-rosbag2-"));
afterAll(() => rmSync(folder, { recursive: true }));

const zstd = createRequire(import.meta.url)("@foxglove/wasm-zstd") as {
  isLoaded: Promise<boolean>;
  compress(bytes: Uint8Array): Uint8Array;
};
await zstd.isLoaded;

const START_NS = 1_700_000_000_123_456_789n; // more than a double can hold
const TYPES = { "/chat": "std_msgs/msg/String", "/joint_states": "sensor_msgs/msg/JointState" };
const chat = new CdrEncoder(schemaOf(TYPES["/chat"]));
const joints = new CdrEncoder(schemaOf(TYPES["/joint_states"]));

function rows(count: number, from = 0): Row[] {
  return Array.from({ length: count }, (_, i) => {
    const k = from + i;
    const timeNs = START_NS + BigInt(k) * 2_000_000n;
    if (k % 10 === 0) return { topic: "/chat", timeNs, data: chat.encode({ data: `row ${k}` }).slice() };
    const header = { stamp: { sec: k, nanosec: 0 }, frame_id: "" };
    const position = [k, 0, 0, 0, 0, 0.1 * k];
    const message = { header, name: ["a"], position, velocity: [], effort: [] };
    return { topic: "/joint_states", timeNs, data: joints.encode(message).slice() };
  });
}

async function decode(path: string, topics?: readonly string[]) {
  const reader = await BagReader.open(path);
  const times: bigint[] = [];
  const messages: unknown[] = [];
  for await (const { timeNs, message } of reader.decoded(topics ? { topics } : {})) {
    times.push(timeNs);
    messages.push(message);
  }
  await reader.close();
  return { times, messages, remarks: reader.remarks, storage: reader.storage };
}

it("reads a .db3 of Humble, which holds no definitions, by the known packages", async () => {
  const path = join(folder, "humble.db3");
  writeDb3(path, TYPES, rows(2500).reverse(), "humble"); // rows out of order, more than one batch
  const seen = await decode(path);
  expect(seen.times).toEqual(rows(2500).map(({ timeNs }) => timeNs));
  expect(seen.messages[20]).toEqual({ data: "row 20" });
  expect(seen.messages[21]).toMatchObject({ header: { stamp: { sec: 21, nanosec: 0 } } });
  expect(seen.remarks).toEqual([]);
});

it("reads a .db3 of Jazzy with a type that only the bag knows", async () => {
  const path = join(folder, "jazzy.db3");
  const data = Buffer.from([0, 1, 0, 0, 7, 0, 0, 0, 255, 255, 255, 255]);
  writeDb3(path, { "/pair": "other_msgs/msg/Pair" }, [{ topic: "/pair", timeNs: 5n, data }], "jazzy");
  expect((await decode(path)).messages).toEqual([{ a: 7, b: -1 }]);
});

it("says of a type that nobody defines which one it is", async () => {
  const path = join(folder, "unknown.db3");
  writeDb3(
    path,
    { "/x": "other_msgs/msg/Secret" },
    [{ topic: "/x", timeNs: 5n, data: chat.encode({ data: "" }) }],
    "humble",
  );
  await expect(decode(path)).rejects.toThrow(
    "does not define other_msgs/msg/Secret (/x) as ros2msg, and no known package does",
  );
  expect((await bagInfo(path)).topics[0]).toMatchObject({ topic: "/x", count: 1 });
});

it("reads a part of a .db3 by topic and time", async () => {
  const reader = await BagReader.open(join(folder, "humble.db3"));
  const times = [];
  const range = { topics: ["/chat"], startNs: START_NS + 20_000_000n, endNs: START_NS + 60_000_000n };
  for await (const { timeNs } of reader.stored(range)) times.push((timeNs - START_NS) / 2_000_000n);
  await reader.close();
  expect(times).toEqual([10n, 20n, 30n]);
});

it("reads what can be reached of a .db3 that was cut off, and says so", async () => {
  const path = join(folder, "cut.db3");
  for (const share of [0.3, 0.6, 0.9]) {
    rmSync(path, { force: true });
    writeDb3(path, TYPES, rows(3000), "humble");
    truncateSync(path, Math.floor(statSync(path).size * share));
    const seen = await decode(path);
    expect(seen.remarks[0]).toMatch(
      /^the database is damaged or was cut off: \d+ messages could be reached$/,
    );
    expect(seen.times.length).toBeGreaterThan(500 * share);
    expect(seen.times).toEqual(rows(seen.times.length).map(({ timeNs }) => timeNs));
  }
});

it("reads a folder of several files as one bag", async () => {
  const path = join(folder, "split");
  mkdirSync(path);
  const parts = [0, 1, 2].map((k) => `split_${k}.db3`);
  parts.forEach((name, k) => writeDb3(join(path, name), TYPES, rows(100, 100 * k), "humble"));
  writeMetadata(path, parts, { count: 300 });
  const seen = await decode(path);
  expect(seen.storage).toBe("rosbag2 folder of 3 sqlite3 files");
  expect(seen.times).toEqual(rows(300).map(({ timeNs }) => timeNs));
  rmSync(join(path, "metadata.yaml"));
  const without = await decode(path);
  expect(without.times).toEqual(seen.times);
  expect(without.remarks).toEqual(["it has no metadata.yaml; the 3 bag files in it were read"]);
});

it("reads folders whose messages or files are compressed", async () => {
  const byMessage = join(folder, "messages");
  mkdirSync(byMessage);
  const small = rows(50).map((row) => ({ ...row, data: zstd.compress(row.data) }));
  writeDb3(join(byMessage, "m.db3"), TYPES, small, "humble");
  writeMetadata(byMessage, ["m.db3"], { compression: "MESSAGE" });
  const byFile = join(folder, "files");
  mkdirSync(byFile);
  writeDb3(join(folder, "plain.db3"), TYPES, rows(50), "humble");
  writeFileSync(join(byFile, "f.db3.zstd"), zstd.compress(readFileSync(join(folder, "plain.db3"))));
  writeMetadata(byFile, ["f.db3.zstd"], { compression: "FILE" });
  const plain = await decode(join(folder, "plain.db3"));
  expect(plain.messages.length).toBe(50);
  for (const path of [byMessage, byFile]) expect((await decode(path)).messages, path).toEqual(plain.messages);
});

it("refuses what is no bag in one sentence", async () => {
  const no = async (path: string) =>
    BagReader.open(path).then(
      () => "opened",
      (e: Error) => e.message,
    );
  const empty = join(folder, "empty");
  mkdirSync(empty);
  expect(await no(empty)).toBe(`${empty} has no metadata.yaml and no .mcap or .db3 file`);
  writeFileSync(join(empty, "metadata.yaml"), "rosbag2_bagfile_information: {version: 5}");
  expect(await no(empty)).toContain("is no metadata of rosbag2");
  const text = join(folder, "text.db3");
  writeFileSync(text, "this is not a database, but it is long enough to be one".repeat(100));
  expect(await no(text)).toMatch(/text\.db3 cannot be read as a rosbag2 database: /);
  expect(await no(join(folder, "nowhere.db3"))).toContain("it is not there");
  expect(await no(join(folder, "nowhere"))).toContain("cannot open");
});

it("finds what is missing in the rhythm of a topic, and stamps that go back", async () => {
  const path = join(folder, "gap.db3");
  const steady = rows(1000).filter(({ topic }) => topic === "/joint_states");
  const even = steady.map((row, k) => ({ ...row, timeNs: START_NS + BigInt(k) * 2_000_000n }));
  writeDb3(path, TYPES, even, "humble");
  expect((await checkBag(path)).problems).toEqual([]);
  const holes = join(folder, "holes.db3");
  const swapped = even
    .filter((_, k) => k < 100 || k >= 103)
    .map((row, k, all) => {
      if (k === 500) return { ...row, data: all[501]!.data };
      return k === 501 ? { ...row, data: all[500]!.data } : row;
    });
  writeDb3(holes, TYPES, swapped, "humble");
  expect((await checkBag(holes)).problems).toEqual([
    "/joint_states misses 3 messages of its 500.0 Hz; the longest gap is 8.0 ms",
    "/joint_states has 1 stamps that go back in time",
  ]);
});
