import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { clearanceFor } from "../../src/planning/clearance-checks.ts";
import { wallsFor } from "../../src/planning/clearance-checks.ts";
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
  const wall = wallsFor(onPole(0.035), 0.01)(turned(1), parked_rad)!;
  expect(wall).toMatchObject({ joint: 1, pair: ["upper arm", "pole"] });
  expect(wall.widestM).toBeCloseTo(0.1 - 0.06 - 0.035, 3); // 5 mm
  expect(Math.cos(wall.at_rad - Math.PI / 2)).toBeGreaterThan(Math.cos(0.3)); // 90 degrees: straight down
  expect(wallsFor(onPole(0.035), 0.01)(turned(1, -1), parked_rad)).toMatchObject({ joint: 1 });
});

it("finds none where the stand is slim enough to pass", () => {
  expect(wallsFor(onPole(0.025), 0.01)(turned(1), parked_rad)).toBeUndefined(); // 15 mm
});

it("proves that the forearm cannot fold through the shoulder, in any room", () => {
  const wall = wallsFor(onPole(0.025), 0.01)(turned(2), parked_rad)!;
  expect(wall).toMatchObject({ joint: 2, pair: ["forearm", "shoulder"] });
  expect(wall.widestM).toBeLessThan(0);
});

it("knows the narrow place of the reference cell: between scroll and stand the upper arm has 10.7 mm", () => {
  const behind = parked_rad.map((q, j) => (j === 0 ? q + 1.5 : q)) as unknown as Joints;
  expect(wallsFor(reference, 0.01)(behind, parked_rad)).toBeUndefined();
  const wall = wallsFor(reference, 0.011)(behind, parked_rad)!;
  expect(wall).toMatchObject({ joint: 0, pair: ["upper arm", "scroll"] });
  expect(wall.widestM).toBeGreaterThan(0.0105);
  expect(wall.widestM).toBeLessThan(0.011);
});

it("finds no wall where there is a way", async () => {
  for (const place of [reference, await room("paper")]) {
    const [clear, random] = [clearanceFor(place), seededRandom(2)];
    const wallBetween = wallsFor(place, clear.requiredM);
    const posture = (): Joints =>
      [0, 1, 2, 3, 4, 5].map(() => TURN_RAD * (2 * random() - 1)) as unknown as Joints;
    let ways = 0;
    for (let round = 0; round < 4000 && ways < 60; round++) {
      const from = posture();
      if (clear.clearanceAt(from).minM < clear.requiredM) continue;
      const to = from.map((q) => q + 1.5 * (2 * random() - 1)) as unknown as Joints;
      if (!clear.isMotionClear(from, to)) continue;
      ways += 1;
      expect(wallBetween(from, to)).toBeUndefined();
    }
    expect(ways).toBe(60);
  }
});
