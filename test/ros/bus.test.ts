import { expect, it } from "vitest";
import { LocalBus } from "../../src/ros/bus.ts";
import { ManualClock, systemClock } from "../../src/ros/clock.ts";
import { nanoseconds, nanosecondsOf, rosTime } from "../../src/ros/time.ts";

const settings = (json: string) => ({ json, sha256: "" });
const urdf = (data: string) => ({ data });

it("delivers to subscribers in the order in which they subscribed", () => {
  const bus = new LocalBus();
  const heard: string[] = [];
  bus.subscribe("/robot_description", ({ data }) => heard.push(`first ${data}`));
  bus.subscribe("/robot_description", ({ data }) => heard.push(`second ${data}`));
  bus.publish("/robot_description", urdf("a"));
  expect(heard).toEqual(["first a", "second a"]);
});

it("finishes one message everywhere before the answer to it goes out", () => {
  const bus = new LocalBus();
  const heard: string[] = [];
  bus.subscribe("/settings", () => bus.publish("/robot_description", urdf("answer")));
  bus.subscribe("/robot_description", ({ data }) => heard.push(data));
  bus.subscribe("/settings", ({ json }) => heard.push(json));
  bus.publish("/settings", settings("question"));
  expect(heard).toEqual(["question", "answer"]);
});

it("tells a late subscriber the last latched message, and nothing of the others", () => {
  const bus = new LocalBus();
  const event = {
    note_index: 0,
    midi: 57,
    string_name: "A",
    direction: "down",
    event: "onset",
    score_time_s: 0,
  };
  bus.publish("/robot_description", urdf("old"));
  bus.publish("/robot_description", urdf("new"));
  bus.publish("/note_events", { header: { stamp: rosTime(0n), frame_id: "" }, ...event });
  const heard: unknown[] = [];
  bus.subscribe("/robot_description", (message) => heard.push(message));
  bus.subscribe("/note_events", (message) => heard.push(message));
  expect(heard).toEqual([urdf("new")]);
});

it("stops hearing when the subscription is stopped", () => {
  const bus = new LocalBus();
  const heard: string[] = [];
  const stop = bus.subscribe("/robot_description", ({ data }) => heard.push(data));
  bus.publish("/robot_description", urdf("a"));
  stop();
  bus.publish("/robot_description", urdf("b"));
  expect(heard).toEqual(["a"]);
});

it("lets nobody's error keep a message from the others, and surfaces it", () => {
  const bus = new LocalBus();
  const heard: string[] = [];
  bus.subscribe("/robot_description", () => {
    throw new Error("deaf");
  });
  bus.subscribe("/robot_description", ({ data }) => heard.push(data));
  expect(() => bus.publish("/robot_description", urdf("a"))).toThrow("deaf");
  expect(() => bus.publish("/robot_description", urdf("b"))).toThrow("deaf");
  expect(heard).toEqual(["a", "b"]);
});

it("has a clock that moves only when told, and one that never runs backwards", () => {
  const clock = new ManualClock(5n);
  clock.advance(7n);
  expect(clock.nowNs()).toBe(12n);
  expect(() => clock.advance(-1n)).toThrow("go back");
  const wall = systemClock();
  const [a, b] = [wall.nowNs(), wall.nowNs()];
  expect(b >= a).toBe(true);
  expect(Math.abs(Number(a / 1_000_000n) - Date.now())).toBeLessThan(1000);
});

it("splits nanoseconds into a ROS time and back, before 1970 too", () => {
  expect(rosTime(1_500_000_000n)).toEqual({ sec: 1, nanosec: 500_000_000 });
  expect(rosTime(-1n)).toEqual({ sec: -1, nanosec: 999_999_999 });
  for (const ns of [0n, -1_000_000_000n, 1_700_000_000_123_456_789n])
    expect(nanoseconds(rosTime(ns))).toBe(ns);
  expect(nanosecondsOf(86_400.002)).toBe(86_400_002_000_000n); // a day and one period
  expect(nanosecondsOf(-0.25)).toBe(-250_000_000n);
});
