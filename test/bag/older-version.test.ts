import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { McapChunks } from "../../src/bag/mcap-chunks.ts";
import { renewal } from "../../src/bag/older-version.ts";
import { readScoreFromBag } from "../../src/bag/read-performance.ts";
import { scoreMessage } from "../../src/bag/score-message.ts";
import { seededRandom } from "../../src/math/random.ts";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { parseSchema, schemaOf } from "../../src/ros/schemas.ts";
import { samplePlanned } from "./sample-performance.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-older-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What ScoreNote had not yet in our first bags. */
const ADDED_SINCE = /^(uint8 lower_midi|bool string_by_hand|float64(\[\])? (swell|override)_\w+.*)$/gm;

it("reads the score of a bag from before double stops, hairpins, locks and left hands were in its notes", async () => {
  const { text: today } = schemaOf("cellist_msgs/msg/Score");
  const first = today.replaceAll(ADDED_SINCE, "");
  expect(today.match(ADDED_SINCE)).toHaveLength(9);
  const score = { ...samplePlanned(seededRandom(5)).score };
  const message = scoreMessage(score, 0n);
  const encoder = new CdrEncoder({
    name: "cellist_msgs/msg/Score",
    text: first,
    definitions: parseSchema(first),
  });
  const path = join(folder, "first.mcap");
  const parts: Uint8Array[] = [];
  const chunks = new McapChunks("robot-cellist 0.0", (bytes) => parts.push(bytes));
  chunks.addMessage(
    chunks.addChannel("/score", "cellist_msgs/msg/Score", first),
    5n,
    encoder.encode(message),
  );
  chunks.end();
  writeFileSync(path, Buffer.concat(parts));
  expect(await readScoreFromBag(path)).toEqual(score);
});

it("gives fields that came later their default, also inside lists and lists of fixed length", () => {
  const before = parseSchema("string title\nNote[] notes\n" + "=".repeat(80) + "\nMSG: m/Note\nuint8 midi");
  const after = parseSchema(
    "float64[3] axis\nstring title\nNote[] notes\nNote best\nint64 count 7\nbool loud\n" +
      "=".repeat(80) +
      "\nMSG: m/Note\nuint8 midi\nfloat64 force_n -1\nstring[] why",
  );
  const renew = renewal(before, after);
  if (typeof renew === "string") throw new Error(renew);
  expect(renew({ title: "t", notes: [{ midi: 57 }] })).toEqual({
    axis: [0, 0, 0],
    title: "t",
    notes: [{ midi: 57, force_n: -1, why: [] }],
    best: { midi: 0, force_n: -1, why: [] },
    count: 7n,
    loud: false,
  });
});

it.each([
  ["string title\nfloat64 more", "it has a field more, which is not known here"],
  ["uint8 title", "its field title is uint8, not string"],
  ["string[] title", "its field title is string[], not string"],
])("does not guess what a version that is no older one means: %j", (theirs, why) => {
  expect(renewal(parseSchema(theirs), parseSchema("string title"))).toBe(why);
});
