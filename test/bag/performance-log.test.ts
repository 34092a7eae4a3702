import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { BagReader, bagInfo } from "../../src/bag/bag-reader.ts";
import type { LogSink } from "../../src/bag/file-sink.ts";
import { logTimeNs } from "../../src/bag/log-time.ts";
import { McapChunks } from "../../src/bag/mcap-chunks.ts";
import { openPerformanceLog, PerformanceLog } from "../../src/bag/performance-log.ts";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { recordPlan, recordState } from "../../src/bag/write-performance.ts";
import type { CellistError } from "../../src/errors.ts";
import { seededRandom } from "../../src/math/random.ts";
import { samplePlanned, sampleState } from "./sample-performance.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-bag-"));
afterAll(() => rmSync(folder, { recursive: true }));

const START_S = 1234.56789;
const EPOCH_NS = 1_000_000_000n;
const timeOf = (k: number) => logTimeNs(EPOCH_NS, START_S + 0.002 * k, START_S);

async function writeStates(path: string, count: number, seed = 1): Promise<void> {
  const random = seededRandom(seed);
  const log = await openPerformanceLog(path, { replace: true });
  recordPlan(log, EPOCH_NS, samplePlanned(random));
  for (let k = 0; k < count; k++) recordState(log, timeOf(k), sampleState(k, random));
  await log.close();
}

/** A sink that takes `limit` bytes and then says what a full disk says. */
class FullSink implements LogSink {
  readonly name = "full.mcap";
  readonly chunks: Uint8Array[] = [];
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limit)
      return Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }));
    this.chunks.push(bytes);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

it("loses no sample of an arm that speaks 500 times a second for a minute", async () => {
  const path = join(folder, "minute.mcap");
  await writeStates(path, 30_000);
  const info = await bagInfo(path);
  expect(info.truncated).toBe(false);
  const states = info.topics.find(({ topic }) => topic === "/joint_states")!;
  expect(states).toEqual({
    topic: "/joint_states",
    type: "sensor_msgs/msg/JointState",
    count: 30_000,
    startNs: EPOCH_NS,
    endNs: EPOCH_NS + 59_998_000_000n, // 29 999 periods of 2 ms
  });
  for (const topic of ["/joint_targets", "/tcp_pose", "/wrench", "/bow_state", "/player_state"])
    expect(info.topics.find((t) => t.topic === topic)?.count, topic).toBe(30_000);
});

it("writes the same bytes for the same performance", async () => {
  const [a, b, other] = ["a", "b", "other"].map((name) => join(folder, `${name}.mcap`));
  await writeStates(a!, 700);
  await writeStates(b!, 700);
  await writeStates(other!, 700, 2);
  expect(readFileSync(a!).equals(readFileSync(b!))).toBe(true);
  expect(readFileSync(a!).equals(readFileSync(other!))).toBe(false);
});

it("finds a second in the middle by its index", async () => {
  const path = join(folder, "seek.mcap");
  await writeStates(path, 2_000);
  const reader = await BagReader.open(path);
  const times: bigint[] = [];
  const range = { startNs: timeOf(1_000), endNs: timeOf(1_499) };
  for await (const { timeNs } of reader.messages(["/wrench"], range)) times.push(timeNs);
  await reader.close();
  expect(times).toEqual(Array.from({ length: 500 }, (_, k) => timeOf(1_000 + k)));
});

it("leaves a bag that opens up to the last second when the process is killed", async () => {
  const path = join(folder, "killed.mcap");
  const script = new URL("write-in-a-loop.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", script, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const killedNs = BigInt(Date.now()) * 1_000_000n;
  child.kill("SIGKILL");
  await once(child, "exit");
  const info = await bagInfo(path);
  expect(info.truncated).toBe(true);
  const states = info.topics.find(({ topic }) => topic === "/joint_states")!;
  expect(Number(killedNs - states.endNs) / 1e9).toBeLessThan(1);
  const { robotTimeS } = await readPerformance(path);
  expect(robotTimeS.length).toBe(states.count);
  robotTimeS.forEach((timeS, k) => expect(timeS).toBe(START_S + 0.002 * k));
});

it("gives every whole chunk of a bag cut anywhere, and never half a state", async () => {
  const path = join(folder, "cut.mcap");
  await writeStates(path, 600); // 1.2 s: four closed chunks of 0.25 s, and the rest with the summary
  const whole = readFileSync(path);
  const random = seededRandom(3);
  let longest = 0;
  for (let round = 0; round < 25; round++) {
    writeFileSync(path, whole);
    truncateSync(path, 8 + Math.floor(random() * (whole.length - 9)));
    const { topics, truncated } = await bagInfo(path);
    expect(truncated).toBe(true);
    const counts = ["/joint_states", "/joint_targets", "/bow_state"].map(
      (t) => topics.find((x) => x.topic === t)?.count,
    );
    expect(new Set(counts).size, `round ${round}`).toBe(1);
    longest = Math.max(longest, counts[0] ?? 0);
  }
  expect(longest).toBeGreaterThanOrEqual(500);
});

it("keeps messages of one moment in one chunk, however big they are", async () => {
  const path = join(folder, "big.mcap");
  const log = await openPerformanceLog(path);
  for (let k = 0; k < 20; k++) {
    log.append("/robot_description", timeOf(k), { data: "x".repeat(300_000) }); // a full chunk alone
    log.append("/settings", timeOf(k), { json: "{}", sha256: "" });
  }
  await log.close();
  truncateSync(path, 3_500_000);
  const { topics } = await bagInfo(path);
  expect(topics.map(({ count }) => count)).toEqual([11, 11]); // 11 · 300 kB fit, 12 do not
});

it("says no to a message after close", async () => {
  const log = await openPerformanceLog(join(folder, "closed.mcap"));
  await log.close();
  await log.close(); // twice is fine
  expect(() => log.append("/robot_description", 0n, { data: "" })).toThrow(
    "cannot append to /robot_description",
  );
});

it("keeps a bag that is already there", async () => {
  const path = join(folder, "first.mcap");
  await writeStates(path, 1);
  await expect(openPerformanceLog(path)).rejects.toMatchObject({
    code: "file-unwritable",
    message: `cannot write the bag ${path}: it exists already; choose another name or remove it`,
  });
  expect((await bagInfo(path)).truncated).toBe(false);
  await expect(openPerformanceLog(join(folder, "nowhere", "x.mcap"))).rejects.toMatchObject({
    code: "file-unwritable",
  });
});

it("tells at once that the disk is full, once, and again when closed", async () => {
  const failures: CellistError[] = [];
  const sink = new FullSink(300_000);
  const log = new PerformanceLog(sink, { onFailure: (failure) => failures.push(failure) });
  const random = seededRandom(1);
  for (let k = 0; k < 2_000 && failures.length === 0; k++) {
    recordState(log, timeOf(k), sampleState(k, random));
    await log.drained();
  }
  expect(failures).toHaveLength(1);
  expect(failures[0]!.code).toBe("log-incomplete");
  expect(failures[0]!.message).toMatch(
    /^the bag full.mcap is incomplete: no space left on the disk, after \d+ bytes; make room/,
  );
  log.append("/robot_description", timeOf(2_000), { data: "too late" });
  await expect(log.close()).rejects.toBe(failures[0]);
  expect(failures).toHaveLength(1);
  writeFileSync(join(folder, "full.mcap"), Buffer.concat(sink.chunks));
  expect((await bagInfo(join(folder, "full.mcap"))).topics.length).toBe(6); // what fitted can be read
});

it.runIf(existsSync("/dev/full"))("says so when the device is full from the beginning", async () => {
  const log = await openPerformanceLog("/dev/full", { replace: true });
  await expect(log.close()).rejects.toMatchObject({ code: "log-incomplete" });
});

it("gives up when the disk cannot keep up, rather than eat all memory", () => {
  const never: LogSink = {
    name: "slow.mcap",
    write: () => new Promise(() => undefined),
    close: () => Promise.resolve(),
  };
  const failures: CellistError[] = [];
  const log = new PerformanceLog(never, {
    maxPendingBytes: 100_000,
    onFailure: (failure) => failures.push(failure),
  });
  for (let k = 0; k < 1_000; k++)
    log.append("/robot_description", timeOf(100 * k), { data: "x".repeat(1_000) });
  expect(failures[0]?.message).toContain("the disk is too slow");
  expect(log.pendingBytes).toBeLessThan(110_000);
});

it("hands a lonely message over within a second of wall time, in real time only", async () => {
  const [real, lockStep] = [new FullSink(Infinity), new FullSink(Infinity)];
  const logs = [new PerformanceLog(real, { realTime: true }), new PerformanceLog(lockStep)];
  for (const log of logs) log.append("/robot_description", 0n, { data: "alone" });
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(real.chunks.length).toBe(2); // file header, chunk
  expect(lockStep.chunks.length).toBe(1);
  await Promise.all(logs.map((log) => log.close()));
});

it("refuses a file that is no bag, in one sentence", async () => {
  const text = join(folder, "text.mcap");
  writeFileSync(text, "this is not a bag");
  await expect(BagReader.open(text)).rejects.toMatchObject({
    code: "bag-unreadable",
    message: `${text} is no bag: it begins neither as MCAP nor as a .db3 file of rosbag2`,
  });
  await expect(BagReader.open(join(folder, "none.mcap"))).rejects.toMatchObject({ code: "bag-unreadable" });
  writeFileSync(text, "");
  await expect(BagReader.open(text)).rejects.toMatchObject({ code: "bag-unreadable" });
});

it("refuses a topic that was written with another version of its type, and one of another type", async () => {
  const path = join(folder, "other.mcap");
  const write = (type: string, text: string) => {
    const bytes: Uint8Array[] = [];
    const chunks = new McapChunks("somebody else", (chunk) => bytes.push(chunk));
    chunks.addMessage(chunks.addChannel("/settings", type, text), 5n, new Uint8Array(32));
    chunks.end();
    writeFileSync(path, Buffer.concat(bytes));
  };
  const readOne = async () => {
    const reader = await BagReader.open(path);
    return (
      await reader
        .messages(["/settings"])
        .next()
        .finally(() => reader.close())
    ).value?.message;
  };
  const type = "cellist_msgs/msg/Settings";
  write(type, "# other comments\nstring json # text\nint32 VERSION=2\nstring sha256");
  expect(await readOne()).toEqual({ json: "", sha256: "" });
  write(type, "string json\nstring sha256\nfloat64 more");
  await expect(readOne()).rejects.toThrow(
    "other.mcap was written with another version of cellist_msgs/msg/Settings (/settings): it has a field more",
  );
  write("std_msgs/msg/String", "string data");
  await expect(readOne()).rejects.toThrow(
    "carries std_msgs/msg/String on /settings, not cellist_msgs/msg/Settings",
  );
});

it("notices a flipped bit", async () => {
  const path = join(folder, "flipped.mcap");
  await writeStates(path, 300);
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(path, bytes);
  await expect(bagInfo(path)).rejects.toMatchObject({ code: "bag-unreadable" });
});
