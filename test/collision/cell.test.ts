import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { distanceBetween } from "../../src/collision/distance.ts";
import { sphere } from "../../src/collision/shape.ts";
import { CellistError } from "../../src/errors.ts";

const FLOOR = "floor: {heightM: -0.8}";

it("reads the shipped rooms", () => {
  for (const name of ["reference", "paper"]) {
    const cell = parseCell(readFileSync(`data/cells/${name}.yaml`, "utf8"), name);
    expect(cell.name).toBe(name);
    expect(cell.obstacles.map((o) => o.name)).toEqual(["floor", "stand"]);
  }
});

it("ships a room with a person at the cello, whose hand and knees go where the cello goes", () => {
  const { onCello } = parseCell(
    readFileSync("data/cells/paper-with-player.yaml", "utf8"),
    "paper-with-player",
  );
  expect(onCello.map((o) => o.name)).toEqual([
    "player's left hand",
    "player's right knee",
    "player's left knee",
  ]);
});

it("puts floor and obstacles where the text says", () => {
  const { obstacles } = parseCell(
    `cell: room
${FLOOR}
obstacles:
  - {name: wall, box: {centre_m: [2, 0, 0], size_m: [0.2, 4, 4]}}
  - {name: ramp, box: {centre_m: [0, 5, 0], size_m: [2, 2, 2], rotvec_rad: [0.785398163397448, 0, 0]}}
  - {name: pipe, capsule: {a_m: [0, -3, -1], b_m: [0, -3, 3], radiusM: 0.1}}
  - {name: lamp, sphere: {centre_m: [0, 0, 3], radiusM: 0.5}}`,
    "room.yaml",
  );
  const fromOrigin = obstacles.map((o) => [
    o.name,
    +distanceBetween(sphere([0, 0, 0], 0), o.shape).toFixed(6),
  ]);
  // wall face at 1.9; the ramp's edge at 5 − √2; pipe at 3 − 0.1; lamp at 3 − 0.5
  expect(fromOrigin).toEqual([
    ["floor", 0.8],
    ["wall", 1.9],
    ["ramp", 3.585786],
    ["pipe", 2.9],
    ["lamp", 2.5],
  ]);
});

it.each([
  ["no floor", "{cell: x, obstacles: []}", /x\.yaml: floor: /],
  ["a floor above the base", "{cell: x, floor: {heightM: 0.3}, obstacles: []}", /x\.yaml: floor\.heightM: /],
  ["a misspelt key", `{cell: x, ${FLOOR}, obstacles: [], walls: []}`, /x\.yaml: the file: .*walls/],
  ["no size", `{cell: x, ${FLOOR}, obstacles: [{name: a, box: {centre_m: [0, 0, 0]}}]}`, /obstacles\.0/],
  [
    "a size of zero",
    `{cell: x, ${FLOOR}, obstacles: [{name: a, sphere: {centre_m: [0, 0, 0], radiusM: 0}}]}`,
    /obstacles\.0.*radiusM/,
  ],
  [
    "millimetres",
    `{cell: x, ${FLOOR}, obstacles: [{name: a, sphere: {centre_m: [0, 0, 750], radiusM: 1}}]}`,
    /obstacles\.0.*centre_m/,
  ],
  [
    "the name of a robot part",
    `{cell: x, ${FLOOR}, obstacles: [{name: forearm, sphere: {centre_m: [0, 0, 1], radiusM: 1}}]}`,
    /"forearm" needs another name/,
  ],
  [
    "one name twice",
    `{cell: x, ${FLOOR}, obstacles: [{name: a, sphere: {centre_m: [0, 0, 1], radiusM: 1}}, {name: a, sphere: {centre_m: [0, 0, 1], radiusM: 1}}]}`,
    /"a" needs another name, because an earlier/,
  ],
  ["text that is no YAML", "cell: [", /x\.yaml is not readable YAML/],
  ["nothing", "", /x\.yaml: the file: /],
])("refuses a room with %s, in one line that names the place", (_, text, message) => {
  const refusal = (): unknown => parseCell(text, "x.yaml");
  expect(refusal).toThrow(CellistError);
  expect(refusal).toThrow(message);
  expect(refusal).toThrow(expect.objectContaining({ code: "cell-invalid" }));
  expect(refusal).not.toThrow(/\n/);
});
