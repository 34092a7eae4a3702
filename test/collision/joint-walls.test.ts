import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { clearanceFor, wallsFor } from "../../src/planning/clearance-checks.ts";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";

const TURN_RAD = 2 * Math.PI;
const room = (name: string) =>
  loadWorkcell({ profile: "simulation", set: [], calibration: name, cell: name });
const reference = await room("reference");
const parked_rad = reference.instrument.parked_rad;
/** The parked pose with one joint a turn on. */
const turned = (joint: number, turns = 1): Joints =>
  parked_rad.map((q, j) => (j === joint ? q + turns * TURN_RAD : q)) as unknown as Joints;

/** The arm stands on a pole; the thick end of its upper arm, 60 mm in radius, begins 100 mm beside the base's axis. */
const onPole = (radiusM: number) => ({
  ...reference,
  cell: parseCell(
    `{cell: pole, floor: {heightM: -2}, obstacles: [{name: pole, capsule: {a_m: [0, 0, -0.15], b_m: [0, 0, -1.9], radiusM: ${radiusM}}}]}`,
    "pole",
  ),
});

it("proves that an upper arm cannot hang down beside a stand: a turn of the shoulder has to", () => {
  const wall = wallsFor(onPole(0.035)).between(turned(1), parked_rad)!;
  expect(wall).toMatchObject({ joint: 1, pair: ["upper arm", "pole"] });
  expect(wall.widestM).toBeCloseTo(0.1 - 0.06 - 0.035, 3); // 5 mm
  expect(Math.cos(wall.at_rad - Math.PI / 2)).toBeGreaterThan(Math.cos(0.3)); // 90 degrees: straight down
  expect(wallsFor(onPole(0.035)).between(turned(1, -1), parked_rad)).toMatchObject({ joint: 1 });
});

it("finds none where the stand is slim enough to pass", () => {
  expect(wallsFor(onPole(0.025)).between(turned(1), parked_rad)).toBeUndefined(); // 15 mm
});

it("proves that the forearm cannot fold through the shoulder, in any room", () => {
  const wall = wallsFor(onPole(0.025)).between(turned(2), parked_rad)!;
  expect(wall).toMatchObject({ joint: 2, pair: ["forearm", "shoulder"] });
  expect(wall.widestM).toBeLessThan(0);
});

it("knows how far a joint turns between two walls: the forearm folds either way until it meets the shoulder", () => {
  const [least, most] = wallsFor(onPole(0.025)).rangeFrom(2, 0, [-TURN_RAD, TURN_RAD]);
  expect(most).toBeGreaterThan(2.5);
  expect(most).toBeLessThan(Math.PI);
  expect(least).toBeCloseTo(-most, 6);
  // Half a degree inside a wall it still turns as far away from it.
  const close = wallsFor(onPole(0.025)).rangeFrom(2, most - 0.005, [-TURN_RAD, TURN_RAD]);
  expect(close[0]).toBeCloseTo(least, 6);
  expect(close[1]).toBeGreaterThanOrEqual(most - 0.005);
  expect(wallsFor(onPole(0.025)).rangeFrom(5, 0, [-TURN_RAD, TURN_RAD])).toEqual([-TURN_RAD, TURN_RAD]);
});

it("finds no wall where there is a way", async () => {
  for (const place of [reference, await room("paper")]) {
    const [clear, random] = [clearanceFor(place), seededRandom(2)];
    const walls = wallsFor(place);
    const posture = (): Joints =>
      [0, 1, 2, 3, 4, 5].map(() => TURN_RAD * (2 * random() - 1)) as unknown as Joints;
    let ways = 0;
    for (let round = 0; round < 4000 && ways < 60; round++) {
      const from = posture();
      if (clear.clearanceAt(from).minM < clear.requiredM) continue;
      const to = from.map((q) => q + 1.5 * (2 * random() - 1)) as unknown as Joints;
      if (!clear.isMotionClear(from, to)) continue;
      ways += 1;
      expect(walls.between(from, to)).toBeUndefined();
    }
    expect(ways).toBe(60);
  }
});
