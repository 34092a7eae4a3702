import { expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { EVEN } from "../../src/trajectory/roll-timing.ts";
import { turnClock } from "../../src/trajectory/turn-clock.ts";

const slopeAt = (clock: (x: number) => number, x: number): number =>
  (clock(x + 1e-5) - clock(x - 1e-5)) / 2e-5;

it("is on time where all paces are alike", () => {
  const alike = turnClock([1, 1, 1, 1]);
  for (const x of [0, 0.1, 0.37, 0.5, 0.99, 1]) {
    expect(turnClock(EVEN)(x)).toBe(x);
    expect(alike(x)).toBeCloseTo(x, 12);
  }
});

it("goes at twice the pace in a part whose pace is double, and takes the same time in all", () => {
  const clock = turnClock([1, 1, 1, 2, 2, 2]);
  expect([clock(0), clock(1)]).toEqual([0, 1]);
  expect(slopeAt(clock, 5 / 6) / slopeAt(clock, 1 / 6)).toBeCloseTo(2, 3);
  expect(clock(0.5)).toBeCloseTo(0.34, 1);
});

it("never turns back, whatever the paces", () => {
  const random = seededRandom(4);
  for (let round = 0; round < 50; round++) {
    const clock = turnClock(EVEN.map(() => 0.2 + 2 * random()));
    for (let x = 0.01; x <= 1; x += 0.01) expect(clock(x)).toBeGreaterThan(clock(x - 0.01));
  }
});
