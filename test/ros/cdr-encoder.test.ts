import { MessageReader, MessageWriter } from "@foxglove/rosmsg2-serialization";
import { expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { schemaOf } from "../../src/ros/schemas.ts";
import { TOPICS, type MessageType } from "../../src/ros/topics.ts";
import { plain, randomMessage } from "./random-message.ts";

const types = [...new Set(Object.values(TOPICS).map(({ type }) => type))];

it("writes a text and a number where CDR has them", () => {
  // header 00 01 00 00; sec 1, nanosec 2; "é" is two bytes of UTF-8 and a zero: length 3
  const message = {
    header: { stamp: { sec: 1, nanosec: 2 }, frame_id: "é" },
    name: [],
    position: [1],
    velocity: [],
    effort: [],
  };
  const bytes = new CdrEncoder(schemaOf("sensor_msgs/msg/JointState")).encode(message);
  // prettier-ignore
  expect([...bytes]).toEqual([
    0, 1, 0, 0,  1, 0, 0, 0,  2, 0, 0, 0,  3, 0, 0, 0,  0xc3, 0xa9, 0,  0, // gap to 4
    0, 0, 0, 0,  1, 0, 0, 0, // no names, one position; it lies at 24, a multiple of 8
    0, 0, 0, 0, 0, 0, 0xf0, 0x3f,  0, 0, 0, 0,  0, 0, 0, 0,
  ]);
});

it.each(types)("carries any %s unchanged, to the last bit", (type) => {
  const random = seededRandom(7);
  const schema = schemaOf(type);
  const encoder = new CdrEncoder(schema);
  const reader = new MessageReader([...schema.definitions]);
  for (let round = 0; round < 60; round++) {
    const message = randomMessage(schema, random);
    expect(plain(reader.readMessage(encoder.encode(message))), `round ${round}`).toStrictEqual(message);
  }
});

it.each(types)("agrees byte for byte with the reference writer on any %s without odd letters", (type) => {
  const random = seededRandom(11);
  const schema = schemaOf(type);
  const [encoder, reference] = [new CdrEncoder(schema), new MessageWriter([...schema.definitions])];
  for (let round = 0; round < 60; round++) {
    const message = asciiAndFinite(randomMessage(schema, random));
    expect(Buffer.compare(encoder.encode(message), reference.writeMessage(message)), `round ${round}`).toBe(
      0,
    );
  }
});

function asciiAndFinite(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[^\x20-\x7e]/g, "?");
  if (typeof value === "number") return Number.isFinite(value) ? value : 0.5;
  if (Array.isArray(value)) return value.map(asciiAndFinite);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, asciiAndFinite(inside)]));
}

it("names the field that is missing or does not fit", () => {
  const settings = new CdrEncoder(schemaOf("cellist_msgs/msg/Settings"));
  expect(() => settings.encode({ json: "{}" })).toThrow(
    "cellist_msgs/msg/Settings.sha256 must be string, not undefined",
  );
  const bow = new CdrEncoder(schemaOf("cellist_msgs/msg/BowState"));
  const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: "" };
  expect(() => bow.encode({ header, force_n: [1, 2, 3] })).toThrow("BowState.force_n must be 4 items, not");
  const event = new CdrEncoder(schemaOf("cellist_msgs/msg/NoteEvent"));
  expect(() => event.encode({ header, note_index: -1 })).toThrow(
    "NoteEvent.note_index must be uint32, not -1",
  );
  expect(() => event.encode({ header, note_index: 1.5 })).toThrow(
    "NoteEvent.note_index must be uint32, not 1.5",
  );
});

it("goes on after a message it refused", () => {
  const type: MessageType = "cellist_msgs/msg/Settings";
  const encoder = new CdrEncoder(schemaOf(type));
  expect(() => encoder.encode({ json: "half" })).toThrow();
  const reader = new MessageReader([...schemaOf(type).definitions]);
  expect(reader.readMessage(encoder.encode({ json: "a", sha256: "b" }))).toEqual({ json: "a", sha256: "b" });
});
