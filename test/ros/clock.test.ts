import { expect, it } from "vitest";
import { ManualClock, systemClock } from "../../src/ros/clock.ts";
import { nanoseconds, nanosecondsOf, rosTime } from "../../src/ros/time.ts";

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
