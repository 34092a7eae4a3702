import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { BagReader } from "../../src/bag/bag-reader.ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { main } from "../../src/cli/main.ts";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { schemaOf } from "../../src/ros/schemas.ts";

// What a person reads of the bag commands, run in this process.

const folder = mkdtempSync(join(tmpdir(), "cellist-words-"));
const at = (name: string): string => join(folder, name);
const STRING = "std_msgs/msg/String";
const START_NS = 1_700_000_000_000_000_000n;
let said = "";

beforeAll(async () => {
  process.env["CELLIST_RUN_DIR"] = folder;
  const log = await openPerformanceLog(at("chat.mcap"));
  const encoder = new CdrEncoder(schemaOf(STRING));
  const say = (topic: string, offeredQos: string, afterS: number, data: string): void =>
    log.appendStored(
      {
        topic,
        type: STRING,
        messageEncoding: "cdr",
        schemaEncoding: "ros2msg",
        schemaText: schemaOf(STRING).text,
        offeredQos,
      },
      START_NS + BigInt(afterS * 1e9),
      encoder.encode({ data }),
    );
  const latched = "- durability: transient_local\n  depth: 1\n";
  say("/fact", latched, 0, "an old fact");
  say("/fact", latched, 1, "a fact");
  [0, 1, 2, 3].forEach((k) => say("/chat", "", k, `message ${k}`));
  await log.close();
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  said = "";
  const note = (text: unknown): void => void (said += `${String(text)}\n`);
  vi.spyOn(console, "log").mockImplementation(note);
  vi.spyOn(console, "error").mockImplementation(note);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function cellist(...words: string[]): Promise<{ readonly said: string; readonly code: unknown }> {
  said = "";
  process.exitCode = undefined;
  await main(["node", "cellist", ...words]);
  return { said: said.replaceAll(`${folder}/`, ""), code: process.exitCode };
}

it("says what is wrong with a bag or a place in words, not in the system's", async () => {
  writeFileSync(at("empty.mcap"), "");
  writeFileSync(at("text.mcap"), "this is no bag at all");
  mkdirSync(at("folder"));
  const info = async (name: string) => (await cellist("bag", "info", at(name))).said;
  expect(await info("nothing.mcap")).toMatch("cannot open nothing.mcap: there is no such file\n");
  expect(await info("empty.mcap")).toMatch("empty.mcap is empty: nothing was ever written to it\n");
  expect(await info("text.mcap")).toMatch("text.mcap is no bag: it begins neither as MCAP nor as a .db3");
  expect(await info("folder")).toMatch("folder has no metadata.yaml and no .mcap or .db3 file\n");
  const nowhere = await cellist("bag", "convert", at("chat.mcap"), at("none/of/it.mcap"));
  expect(nowhere.said).toMatch("cannot write the bag none/of/it.mcap: its folder does not exist\n");
  expect(nowhere.code).toBe(1);
});

it("takes topics without their slash, and refuses when none is left or a choice would do nothing", async () => {
  const convert = (...words: string[]) => cellist("bag", "convert", at("chat.mcap"), ...words);
  expect((await convert(at("one.mcap"), "--topics", "chat")).said).toBe("one.mcap: 4 messages\n");
  expect((await convert(at("none.mcap"), "--topics", "chat", "--exclude", "/chat")).said).toMatch(
    "no topic is left: --exclude leaves out all that were asked for",
  );
  expect((await convert(at("table"), "--to", "csv", "--compression", "zstd")).said).toMatch(
    "--compression is for MCAP; csv is written as it is",
  );
  expect((await convert(at("chat.db3"))).said).toMatch(
    "sqlite3 bags are read, not written; end the name in .mcap",
  );
  expect((await convert(at("chat.csv"))).said).toMatch("say --to csv, which writes a folder of tables");
  expect((await convert(at("whole.mcap"), "--to", "folder")).said).toMatch("leave the ending out");
  expect(readdirSync(folder)).not.toContain("none.mcap");
  expect(readdirSync(folder)).not.toContain("table");
});

it("keeps in the later part of a bag what still held when it begins", async () => {
  await cellist("bag", "convert", at("chat.mcap"), at("later.mcap"), "--start", "2");
  const reader = await BagReader.open(at("later.mcap"));
  const found: string[] = [];
  for await (const { channel, timeNs, message } of reader.decoded())
    found.push(`${(timeNs - START_NS) / 1_000_000_000n} ${channel.topic} ${String(message["data"])}`);
  await reader.close();
  expect(found).toEqual(["2 /fact a fact", "2 /chat message 2", "3 /chat message 3"]);
});

it("tells log times that are no dates as seconds", async () => {
  const log = await openPerformanceLog(at("simulated.mcap"));
  log.append("/settings", 2_500_000_000n, { json: "{}", sha256: "" });
  await log.close();
  expect((await cellist("bag", "info", at("simulated.mcap"))).said).toMatch(
    "1 messages in 0.000 s, from 2.500 s on a clock without a date\n",
  );
  expect((await cellist("bag", "info", at("chat.mcap"))).said).toMatch("from 2023-11-14T22:13:20.000Z\n");
});

it("says what it plays, and how much it has played", async () => {
  const { said: text, code } = await cellist("bag", "play", at("chat.mcap"), "--rate", "100", "--start", "1");
  expect(text).toBe("plays 2.0 s of chat.mcap from 1 s on: 2 topics, rate 100\nplayed 4 messages\n");
  expect(code).toBeUndefined();
});
